<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="de" sourcelanguage="en">
    <context>
        <name>espalier</name>
        <message>
            <source>Close this message</source>
            <translation>Diese Meldung schließen</translation>
        </message>
        <message>
            <source>Your folders for sessions and settings cannot be written, so both are in {folder} for now. The system may empty it: save what you want to keep somewhere else.</source>
            <translation>Die Ordner für Sitzungen und Einstellungen sind nicht beschreibbar; beides liegt vorerst in {folder}. Das System kann diesen Ordner leeren: Was bleiben soll, besser woanders speichern.</translation>
        </message>
        <message>
            <source>Your folder for sessions cannot be written, so they are in {folder} for now. The system may empty it: save what you want to keep somewhere else.</source>
            <translation>Der Ordner für Sitzungen ist nicht beschreibbar; sie liegen vorerst in {folder}. Das System kann diesen Ordner leeren: Was bleiben soll, besser woanders speichern.</translation>
        </message>
        <message>
            <source>Your folder for settings cannot be written, so they are in {folder} for now, and may be forgotten. Sessions are kept.</source>
            <translation>Der Ordner für Einstellungen ist nicht beschreibbar; sie liegen vorerst in {folder} und können vergessen werden. Sitzungen bleiben erhalten.</translation>
        </message>
        <message>
            <source>Save as…</source>
            <translation>Speichern unter…</translation>
        </message>
        <message>
            <source>Espalier's program folder has changed or is gone: save, and start it again.</source>
            <translation>Der Programmordner von Espalier wurde geändert oder ist weg: Bitte speichern und Espalier neu starten.</translation>
        </message>
        <message>
            <source>Espalier ran into a fault of its own ({kind}: {error}). What was recorded is safe.</source>
            <translation>Espalier ist auf einen eigenen Fehler gestoßen ({kind}: {error}). Das Aufgezeichnete ist sicher.</translation>
        </message>
        <message>
            <source>Show log</source>
            <translation>Log zeigen</translation>
        </message>
        <message>
            <source>Show</source>
            <translation>Zeigen</translation>
        </message>
        <message>
            <source>Paused: {why}</source>
            <translation>Angehalten: {why}</translation>
        </message>
        <message>
            <source>most visits of its siblings</source>
            <translation>meiste Besuche unter den Geschwistern</translation>
        </message>
        <message>
            <source>best value of its siblings</source>
            <translation>bester Wert unter den Geschwistern</translation>
        </message>
        <message>
            <source>pinned</source>
            <translation>angeheftet</translation>
        </message>
        <message>
            <source>bookmarked</source>
            <translation>mit Lesezeichen</translation>
        </message>
        <message>
            <source>noted</source>
            <translation>mit Notiz</translation>
        </message>
        <message>
            <source>found</source>
            <translation>gefunden</translation>
        </message>
        <message>
            <source>children folded</source>
            <translation>Kinder eingeklappt</translation>
        </message>
        <message>
            <source>score {score}</source>
            <translation>Bewertung {score}</translation>
        </message>
        <message>
            <source>node {node}</source>
            <translation>Knoten {node}</translation>
        </message>
        <message>
            <source>in flight</source>
            <translation>unterwegs</translation>
        </message>
        <message>
            <source>{count} in flight</source>
            <translation>{count} unterwegs</translation>
        </message>
        <message>
            <source>Value Q</source>
            <translation>Wert Q</translation>
        </message>
        <message>
            <source>Visits N</source>
            <translation>Besuche N</translation>
        </message>
        <message>
            <source>Prior P</source>
            <translation>Prior P</translation>
        </message>
        <message>
            <source>PRM score</source>
            <translation>PRM-Bewertung</translation>
        </message>
        <message>
            <source>Entropy</source>
            <translation>Entropie</translation>
        </message>
        <message>
            <source>Time</source>
            <translation>Zeit</translation>
        </message>
        <message>
            <source>Source of the score</source>
            <translation>Quelle der Bewertung</translation>
        </message>
        <message>
            <source>The tree could not be painted: {reason}. What was recorded is safe.</source>
            <translation>Der Baum ließ sich nicht zeichnen: {reason}. Das Aufgezeichnete ist sicher.</translation>
        </message>
        <message>
            <source>writing · {count} characters</source>
            <translation>schreibt · {count} Zeichen</translation>
        </message>
        <message>
            <source>to be written</source>
            <translation>wird noch geschrieben</translation>
        </message>
        <message>
            <source>rollout · value {value}</source>
            <translation>Rollout · Wert {value}</translation>
        </message>
        <message>
            <source>rolling out …</source>
            <translation>Rollout läuft …</translation>
        </message>
        <message>
            <source>= node {node}</source>
            <translation>= Knoten {node}</translation>
        </message>
        <message>
            <source>answer</source>
            <translation>Antwort</translation>
        </message>
        <message>
            <source>✓ correct</source>
            <translation>✓ richtig</translation>
        </message>
        <message>
            <source>✗ wrong</source>
            <translation>✗ falsch</translation>
        </message>
        <message>
            <source>1 vote</source>
            <translation>1 Stimme</translation>
        </message>
        <message>
            <source>{count} votes</source>
            <translation>{count} Stimmen</translation>
        </message>
        <message>
            <source>Focus</source>
            <translation>Fokus</translation>
        </message>
        <message>
            <source>Text cards for the steps that matter, the rest folded away</source>
            <translation>Textkarten für die Schritte, auf die es ankommt; der Rest ist eingeklappt</translation>
        </message>
        <message>
            <source>Preview of the best trace from here</source>
            <translation>Vorschau der besten Spur von hier aus</translation>
        </message>
        <message>
            <source>Best trace from here (Alt+wheel steps)</source>
            <translation>Beste Spur von hier aus (Alt+Mausrad blättert)</translation>
        </message>
        <message>
            <source>Icicle</source>
            <translation>Eiszapfen</translation>
        </message>
        <message>
            <source>The whole tree, every step a band as tall as what is below it</source>
            <translation>Der ganze Baum, jeder Schritt ein Band so hoch wie alles darunter</translation>
        </message>
        <message>
            <source>missing</source>
            <translation>fehlt</translation>
        </message>
        <message>
            <source>principal path: the best trace so far</source>
            <translation>Hauptspur: die bisher beste Spur</translation>
        </message>
        <message>
            <source>most visits</source>
            <translation>meiste Besuche</translation>
        </message>
        <message>
            <source>best value</source>
            <translation>bester Wert</translation>
        </message>
        <message>
            <source>Value Q, score</source>
            <translation>Wert Q, Bewertung</translation>
        </message>
        <message>
            <source>policy</source>
            <translation>Policy</translation>
        </message>
        <message>
            <source>PRM</source>
            <translation>PRM</translation>
        </message>
        <message>
            <source>ORM</source>
            <translation>ORM</translation>
        </message>
        <message>
            <source>self-evaluation</source>
            <translation>Selbstbewertung</translation>
        </message>
        <message>
            <source>rule</source>
            <translation>Regel</translation>
        </message>
        <message>
            <source>code</source>
            <translation>Code</translation>
        </message>
        <message>
            <source>person</source>
            <translation>Person</translation>
        </message>
        <message>
            <source>gold answer</source>
            <translation>Gold-Antwort</translation>
        </message>
        <message>
            <source>Map</source>
            <translation>Karte</translation>
        </message>
        <message>
            <source>The whole tree, every step a dot; text when you come close</source>
            <translation>Der ganze Baum, jeder Schritt ein Punkt; Text aus der Nähe</translation>
        </message>
        <message>
            <source>Small map of the whole tree</source>
            <translation>Kleine Karte des ganzen Baums</translation>
        </message>
        <message>
            <source>The whole tree; click or drag to look at another part</source>
            <translation>Der ganze Baum; Klicken oder Ziehen zeigt einen anderen Teil</translation>
        </message>
        <message>
            <source>no answer</source>
            <translation>keine Antwort</translation>
        </message>
        <message>
            <source>no run</source>
            <translation>kein Lauf</translation>
        </message>
        <message>
            <source>still searching</source>
            <translation>sucht noch</translation>
        </message>
        <message>
            <source>not checked</source>
            <translation>nicht geprüft</translation>
        </message>
        <message>
            <source>{count} iterations</source>
            <translation>{count} Iterationen</translation>
        </message>
        <message>
            <source>{count} nodes</source>
            <translation>{count} Knoten</translation>
        </message>
        <message>
            <source>policy {name}</source>
            <translation>Policy {name}</translation>
        </message>
        <message>
            <source>seed {seed}</source>
            <translation>Startwert {seed}</translation>
        </message>
        <message>
            <source>gold answer used</source>
            <translation>Gold-Antwort benutzt</translation>
        </message>
        <message>
            <source>Following</source>
            <translation>Folgt</translation>
        </message>
        <message>
            <source>Follow</source>
            <translation>Folgen</translation>
        </message>
        <message>
            <source>The view keeps the search's latest work in sight; press to stop that</source>
            <translation>Die Ansicht behält die neueste Arbeit der Suche im Blick; Klicken beendet das</translation>
        </message>
        <message>
            <source>Keep the search's latest work in sight again</source>
            <translation>Die neueste Arbeit der Suche wieder im Blick behalten</translation>
        </message>
        <message>
            <source>faint below N =</source>
            <translation>blass unter N =</translation>
        </message>
        <message>
            <source>Values of steps with fewer visits than this are faint: they may change much</source>
            <translation>Werte von Schritten mit weniger Besuchen sind blass: sie können sich noch stark ändern</translation>
        </message>
        <message>
            <source>Visits below which values are faint</source>
            <translation>Besuche, unter denen Werte blass sind</translation>
        </message>
        <message>
            <source>Search tree</source>
            <translation>Suchbaum</translation>
        </message>
        <message>
            <source>File</source>
            <translation>Datei</translation>
        </message>
        <message>
            <source>Edit</source>
            <translation>Bearbeiten</translation>
        </message>
        <message>
            <source>View</source>
            <translation>Ansicht</translation>
        </message>
        <message>
            <source>Go</source>
            <translation>Gehe zu</translation>
        </message>
        <message>
            <source>Search</source>
            <translation>Suche</translation>
        </message>
        <message>
            <source>Engine</source>
            <translation>Engine</translation>
        </message>
        <message>
            <source>Window</source>
            <translation>Fenster</translation>
        </message>
        <message>
            <source>Help</source>
            <translation>Hilfe</translation>
        </message>
        <message>
            <source>Timeline</source>
            <translation>Zeitleiste</translation>
        </message>
        <message>
            <source>Copy as</source>
            <translation>Kopieren als</translation>
        </message>
        <message>
            <source>Copy trace</source>
            <translation>Spur kopieren</translation>
        </message>
        <message>
            <source>Copy the steps from the problem to the selected one</source>
            <translation>Die Schritte von der Aufgabe bis zum gewählten kopieren</translation>
        </message>
        <message>
            <source>Text</source>
            <translation>Text</translation>
        </message>
        <message>
            <source>Copy the trace as plain text</source>
            <translation>Die Spur als reinen Text kopieren</translation>
        </message>
        <message>
            <source>Markdown</source>
            <translation>Markdown</translation>
        </message>
        <message>
            <source>Copy the trace as a table for a report</source>
            <translation>Die Spur als Tabelle für einen Bericht kopieren</translation>
        </message>
        <message>
            <source>JSON</source>
            <translation>JSON</translation>
        </message>
        <message>
            <source>Copy the trace with all its numbers for a program</source>
            <translation>Die Spur mit allen Zahlen für ein Programm kopieren</translation>
        </message>
        <message>
            <source>Picture</source>
            <translation>Bild</translation>
        </message>
        <message>
            <source>Copy a picture of the tree</source>
            <translation>Ein Bild des Baums kopieren</translation>
        </message>
        <message>
            <source>Choose a format…</source>
            <translation>Format wählen…</translation>
        </message>
        <message>
            <source>Choose in which form to copy</source>
            <translation>Wählen, in welcher Form kopiert wird</translation>
        </message>
        <message>
            <source>Add Espalier to the applications menu</source>
            <translation>Espalier ins Anwendungsmenü aufnehmen</translation>
        </message>
        <message>
            <source>Start it from there, with its icon, and open session files with a double click</source>
            <translation>Von dort starten, mit eigenem Symbol, und Sitzungsdateien per Doppelklick öffnen</translation>
        </message>
        <message>
            <source>Remove Espalier from the applications menu</source>
            <translation>Espalier aus dem Anwendungsmenü entfernen</translation>
        </message>
        <message>
            <source>Take back what adding it has written; the program itself stays</source>
            <translation>Zurücknehmen, was die Aufnahme geschrieben hat; das Programm selbst bleibt</translation>
        </message>
        <message>
            <source>Open session files with Espalier</source>
            <translation>Sitzungsdateien mit Espalier öffnen</translation>
        </message>
        <message>
            <source>Let a double click on a session file start Espalier</source>
            <translation>Ein Doppelklick auf eine Sitzungsdatei soll Espalier starten</translation>
        </message>
        <message>
            <source>No longer open session files with Espalier</source>
            <translation>Sitzungsdateien nicht mehr mit Espalier öffnen</translation>
        </message>
        <message>
            <source>Take back that a double click on a session file starts Espalier</source>
            <translation>Zurücknehmen, dass ein Doppelklick auf eine Sitzungsdatei Espalier startet</translation>
        </message>
        <message>
            <source>Undo</source>
            <translation>Rückgängig</translation>
        </message>
        <message>
            <source>Take back the latest change by hand; the log keeps both</source>
            <translation>Die letzte Änderung von Hand zurücknehmen; das Protokoll behält beides</translation>
        </message>
        <message>
            <source>Redo</source>
            <translation>Wiederholen</translation>
        </message>
        <message>
            <source>Do again what was taken back last</source>
            <translation>Das zuletzt Zurückgenommene noch einmal tun</translation>
        </message>
        <message>
            <source>Prune this branch</source>
            <translation>Zweig kappen</translation>
        </message>
        <message>
            <source>Take the selected step, with all below it, out of the search</source>
            <translation>Den gewählten Schritt mit allem darunter aus der Suche nehmen</translation>
        </message>
        <message>
            <source>Restore</source>
            <translation>Wiederherstellen</translation>
        </message>
        <message>
            <source>Bring the selected step back into the search, whoever pruned it</source>
            <translation>Den gewählten Schritt in die Suche zurückholen, wer immer ihn gekappt hat</translation>
        </message>
        <message>
            <source>Insert a step below…</source>
            <translation>Schritt darunter einfügen…</translation>
        </message>
        <message>
            <source>Write a step of your own after the selected one</source>
            <translation>Nach dem gewählten Schritt einen eigenen schreiben</translation>
        </message>
        <message>
            <source>Set score…</source>
            <translation>Bewertung setzen…</translation>
        </message>
        <message>
            <source>Say what the selected step is worth; the search reads it before what verifiers say</source>
            <translation>Angeben, was der gewählte Schritt wert ist; für die Suche geht das den Prüfern vor</translation>
        </message>
        <message>
            <source>Bookmark</source>
            <translation>Lesezeichen</translation>
        </message>
        <message>
            <source>Put a bookmark at the selected step, or take it away</source>
            <translation>Am gewählten Schritt ein Lesezeichen setzen oder entfernen</translation>
        </message>
        <message>
            <source>Note…</source>
            <translation>Notiz…</translation>
        </message>
        <message>
            <source>Write about the selected step</source>
            <translation>Etwas zum gewählten Schritt schreiben</translation>
        </message>
        <message>
            <source>Next bookmark</source>
            <translation>Nächstes Lesezeichen</translation>
        </message>
        <message>
            <source>Select the next step with a bookmark</source>
            <translation>Den nächsten Schritt mit Lesezeichen auswählen</translation>
        </message>
        <message>
            <source>Previous bookmark</source>
            <translation>Voriges Lesezeichen</translation>
        </message>
        <message>
            <source>Select the step with a bookmark before this one</source>
            <translation>Den vorigen Schritt mit Lesezeichen auswählen</translation>
        </message>
        <message>
            <source>Search harder here</source>
            <translation>Hier gründlicher suchen</translation>
        </message>
        <message>
            <source>More simulations at and below the selected step</source>
            <translation>Mehr Simulationen am gewählten Schritt und darunter</translation>
        </message>
        <message>
            <source>Search harder here by…</source>
            <translation>Hier gründlicher suchen um…</translation>
        </message>
        <message>
            <source>Say how many simulations more</source>
            <translation>Angeben, wie viele Simulationen mehr</translation>
        </message>
        <message>
            <source>Equalise siblings</source>
            <translation>Geschwister angleichen</translation>
        </message>
        <message>
            <source>Give the step's siblings as many visits as the most visited one</source>
            <translation>Den Geschwistern des Schritts so viele Besuche geben wie dem meistbesuchten</translation>
        </message>
        <message>
            <source>Find alternatives</source>
            <translation>Alternativen suchen</translation>
        </message>
        <message>
            <source>Sample more steps in place of this one, at a higher temperature</source>
            <translation>Statt dieses Schritts mehr Schritte ziehen, bei höherer Temperatur</translation>
        </message>
        <message>
            <source>Only this branch</source>
            <translation>Nur dieser Zweig</translation>
        </message>
        <message>
            <source>Take everything beside the way to this step out of the search; undo it by Undo</source>
            <translation>Alles neben dem Weg zu diesem Schritt aus der Suche nehmen; „Rückgängig“ nimmt es zurück</translation>
        </message>
        <message>
            <source>Play out to the end</source>
            <translation>Bis zum Ende spielen</translation>
        </message>
        <message>
            <source>Go on by the best step each time, down to an answer</source>
            <translation>Stets mit dem besten Schritt weitergehen, bis zu einer Antwort</translation>
        </message>
        <message>
            <source>Insert a step and go on…</source>
            <translation>Schritt einfügen und weitersuchen…</translation>
        </message>
        <message>
            <source>Write a step after the selected one, and search below it</source>
            <translation>Nach dem gewählten einen Schritt schreiben und darunter suchen</translation>
        </message>
        <message>
            <source>Edit and resample…</source>
            <translation>Ändern und neu ziehen…</translation>
        </message>
        <message>
            <source>Change the words of the step; the new version stands beside it</source>
            <translation>Den Wortlaut des Schritts ändern; die neue Fassung steht daneben</translation>
        </message>
        <message>
            <source>Re-roll from a token…</source>
            <translation>Ab einem Token neu würfeln…</translation>
        </message>
        <message>
            <source>Choose a token of the step from which the policy writes on</source>
            <translation>Ein Token des Schritts wählen, von dem an die Policy weiterschreibt</translation>
        </message>
        <message>
            <source>Cancel all tasks</source>
            <translation>Alle Aufträge abbrechen</translation>
        </message>
        <message>
            <source>Give up what the engine was asked for and has not done; what was done stays</source>
            <translation>Aufgeben, was die Engine noch nicht erledigt hat; Erledigtes bleibt</translation>
        </message>
        <message>
            <source>Restart engine</source>
            <translation>Engine neu starten</translation>
        </message>
        <message>
            <source>End the engine process and start another one</source>
            <translation>Den Engine-Prozess beenden und einen neuen starten</translation>
        </message>
        <message>
            <source>New run…</source>
            <translation>Neuer Lauf…</translation>
        </message>
        <message>
            <source>Choose a problem and a search, and start it</source>
            <translation>Aufgabe und Suche wählen und starten</translation>
        </message>
        <message>
            <source>New session</source>
            <translation>Neue Sitzung</translation>
        </message>
        <message>
            <source>Begin an empty session; the present one is kept</source>
            <translation>Eine leere Sitzung beginnen; die jetzige bleibt erhalten</translation>
        </message>
        <message>
            <source>Open…</source>
            <translation>Öffnen…</translation>
        </message>
        <message>
            <source>Open a session file, or a log, a tree or a dataset of others as a new session</source>
            <translation>Eine Sitzungsdatei öffnen, oder ein fremdes Log, einen fremden Baum oder Datensatz als neue Sitzung</translation>
        </message>
        <message>
            <source>Open a folder…</source>
            <translation>Ordner öffnen…</translation>
        </message>
        <message>
            <source>Read a folder of others, such as those of thought-anchors, as a new session</source>
            <translation>Einen fremden Ordner, etwa einen von thought-anchors, als neue Sitzung lesen</translation>
        </message>
        <message>
            <source>Keep the session under a name; it is saved all the time anyway</source>
            <translation>Die Sitzung unter einem Namen behalten; gespeichert wird sie ohnehin laufend</translation>
        </message>
        <message>
            <source>Share a copy…</source>
            <translation>Kopie weitergeben…</translation>
        </message>
        <message>
            <source>Write a copy for others, without private runs, prompts, paths or notes</source>
            <translation>Eine Kopie für andere schreiben, ohne private Läufe, Prompts, Pfade oder Notizen</translation>
        </message>
        <message>
            <source>Open a trace…</source>
            <translation>Spur öffnen…</translation>
        </message>
        <message>
            <source>Add a reasoning model's text, a server's reply or a recorded stream to this session</source>
            <translation>Den Text eines denkenden Modells, die Antwort eines Servers oder einen aufgezeichneten Strom in diese Sitzung aufnehmen</translation>
        </message>
        <message>
            <source>Paste as trace</source>
            <translation>Als Spur einfügen</translation>
        </message>
        <message>
            <source>Add the text on the clipboard to this session as a trace</source>
            <translation>Den Text der Zwischenablage als Spur in diese Sitzung aufnehmen</translation>
        </message>
        <message>
            <source>Export run…</source>
            <translation>Lauf exportieren…</translation>
        </message>
        <message>
            <source>Write the run on screen as a report, a table, a graph or a log, for people and other programs</source>
            <translation>Den gezeigten Lauf als Bericht, Tabelle, Graph oder Protokoll schreiben, für Menschen und andere Programme</translation>
        </message>
        <message>
            <source>Export session…</source>
            <translation>Sitzung exportieren…</translation>
        </message>
        <message>
            <source>Write all runs of the session to one file: a report, a table or events</source>
            <translation>Alle Läufe der Sitzung in eine Datei schreiben: als Bericht, Tabelle oder Ereignisse</translation>
        </message>
        <message>
            <source>Export labelled steps…</source>
            <translation>Gelabelte Schritte exportieren…</translation>
        </message>
        <message>
            <source>Write the rated steps of all runs, or their best traces, as records that others train on</source>
            <translation>Die eingestuften Schritte aller Läufe oder ihre besten Spuren schreiben, als Einträge zum Trainieren</translation>
        </message>
        <message>
            <source>Export picture…</source>
            <translation>Bild exportieren…</translation>
        </message>
        <message>
            <source>Write the tree as a PNG, SVG or PDF file</source>
            <translation>Den Baum als PNG-, SVG- oder PDF-Datei schreiben</translation>
        </message>
        <message>
            <source>Print…</source>
            <translation>Drucken…</translation>
        </message>
        <message>
            <source>Print the tree</source>
            <translation>Den Baum drucken</translation>
        </message>
        <message>
            <source>Close</source>
            <translation>Schließen</translation>
        </message>
        <message>
            <source>Save everything and close the window</source>
            <translation>Alles speichern und das Fenster schließen</translation>
        </message>
        <message>
            <source>Back</source>
            <translation>Zurück</translation>
        </message>
        <message>
            <source>Select the step that was selected before</source>
            <translation>Den zuvor gewählten Schritt auswählen</translation>
        </message>
        <message>
            <source>Forward</source>
            <translation>Vor</translation>
        </message>
        <message>
            <source>Select the step that going back came from</source>
            <translation>Den Schritt auswählen, von dem aus es zurückging</translation>
        </message>
        <message>
            <source>Parent</source>
            <translation>Vorgänger</translation>
        </message>
        <message>
            <source>Select the step before</source>
            <translation>Den Schritt davor auswählen</translation>
        </message>
        <message>
            <source>Child</source>
            <translation>Kind</translation>
        </message>
        <message>
            <source>Select the most visited step after this one</source>
            <translation>Den meistbesuchten Schritt nach diesem auswählen</translation>
        </message>
        <message>
            <source>Previous sibling</source>
            <translation>Voriges Geschwister</translation>
        </message>
        <message>
            <source>Select the alternative above</source>
            <translation>Die Alternative darüber auswählen</translation>
        </message>
        <message>
            <source>Next sibling</source>
            <translation>Nächstes Geschwister</translation>
        </message>
        <message>
            <source>Select the alternative below</source>
            <translation>Die Alternative darunter auswählen</translation>
        </message>
        <message>
            <source>Most visited child</source>
            <translation>Meistbesuchtes Kind</translation>
        </message>
        <message>
            <source>Select the child that the search went to most, marked ●</source>
            <translation>Das Kind auswählen, zu dem die Suche am häufigsten ging, mit ● markiert</translation>
        </message>
        <message>
            <source>Child with the best value</source>
            <translation>Kind mit dem besten Wert</translation>
        </message>
        <message>
            <source>Select the child with the highest Q, marked ○; it need not be the most visited one</source>
            <translation>Das Kind mit dem höchsten Q auswählen, mit ○ markiert; es muss nicht das meistbesuchte sein</translation>
        </message>
        <message>
            <source>Root</source>
            <translation>Wurzel</translation>
        </message>
        <message>
            <source>Select the root, or the top of the hoisted subtree</source>
            <translation>Die Wurzel auswählen, oder die Spitze des allein gezeigten Teilbaums</translation>
        </message>
        <message>
            <source>End of the best trace</source>
            <translation>Ende der besten Spur</translation>
        </message>
        <message>
            <source>Follow the most visited steps from here to their end</source>
            <translation>Von hier den meistbesuchten Schritten bis ans Ende folgen</translation>
        </message>
        <message>
            <source>Previous branching</source>
            <translation>Vorige Verzweigung</translation>
        </message>
        <message>
            <source>Go back to where the search went more than one way</source>
            <translation>Dorthin zurück, wo die Suche mehr als einen Weg nahm</translation>
        </message>
        <message>
            <source>Next branching</source>
            <translation>Nächste Verzweigung</translation>
        </message>
        <message>
            <source>Go on to where the search went more than one way</source>
            <translation>Weiter dorthin, wo die Suche mehr als einen Weg nahm</translation>
        </message>
        <message>
            <source>Next large drop</source>
            <translation>Nächster großer Abfall</translation>
        </message>
        <message>
            <source>Go on, along the best trace, to a step worth much less than the one before it</source>
            <translation>Entlang der besten Spur weiter zu einem Schritt, der viel weniger wert ist als der davor</translation>
        </message>
        <message>
            <source>Previous large drop</source>
            <translation>Voriger großer Abfall</translation>
        </message>
        <message>
            <source>Go back along the trace to a step worth much less than the one before it</source>
            <translation>Entlang der Spur zurück zu einem Schritt, der viel weniger wert ist als der davor</translation>
        </message>
        <message>
            <source>Same state</source>
            <translation>Gleicher Zustand</translation>
        </message>
        <message>
            <source>Select the next step that led to the same state</source>
            <translation>Den nächsten Schritt auswählen, der zum selben Zustand führte</translation>
        </message>
        <message>
            <source>Select nothing</source>
            <translation>Nichts auswählen</translation>
        </message>
        <message>
            <source>Look at the run as a whole again</source>
            <translation>Wieder den Lauf als Ganzes betrachten</translation>
        </message>
        <message>
            <source>Find text…</source>
            <translation>Text suchen…</translation>
        </message>
        <message>
            <source>Find steps by their text, their visits or their verdict</source>
            <translation>Schritte nach Text, Besuchen oder Urteil finden</translation>
        </message>
        <message>
            <source>Next hit</source>
            <translation>Nächster Treffer</translation>
        </message>
        <message>
            <source>Select the next step that was found</source>
            <translation>Den nächsten gefundenen Schritt auswählen</translation>
        </message>
        <message>
            <source>Previous hit</source>
            <translation>Voriger Treffer</translation>
        </message>
        <message>
            <source>Select the step that was found before this one</source>
            <translation>Den vorigen gefundenen Schritt auswählen</translation>
        </message>
        <message>
            <source>Go to node…</source>
            <translation>Gehe zu Knoten…</translation>
        </message>
        <message>
            <source>Select a step by its number, or what an iteration worked on</source>
            <translation>Einen Schritt nach seiner Nummer auswählen, oder woran eine Iteration gearbeitet hat</translation>
        </message>
        <message>
            <source>Find box</source>
            <translation>Suchfeld</translation>
        </message>
        <message>
            <source>Type to find a step; after a &gt; a command</source>
            <translation>Tippen findet einen Schritt, nach &gt; einen Befehl</translation>
        </message>
        <message>
            <source>First event</source>
            <translation>Erstes Ereignis</translation>
        </message>
        <message>
            <source>Go to the first event</source>
            <translation>Zum ersten Ereignis gehen</translation>
        </message>
        <message>
            <source>Previous iteration</source>
            <translation>Vorige Iteration</translation>
        </message>
        <message>
            <source>Go back to the end of an iteration</source>
            <translation>Zurück zum Ende einer Iteration</translation>
        </message>
        <message>
            <source>Previous event</source>
            <translation>Voriges Ereignis</translation>
        </message>
        <message>
            <source>Go back by one event</source>
            <translation>Um ein Ereignis zurückgehen</translation>
        </message>
        <message>
            <source>Play</source>
            <translation>Abspielen</translation>
        </message>
        <message>
            <source>Play the events from the cursor on, or stop playing</source>
            <translation>Die Ereignisse von hier an abspielen oder das Abspielen anhalten</translation>
        </message>
        <message>
            <source>Next event</source>
            <translation>Nächstes Ereignis</translation>
        </message>
        <message>
            <source>Go on by one event</source>
            <translation>Um ein Ereignis weitergehen</translation>
        </message>
        <message>
            <source>Next iteration</source>
            <translation>Nächste Iteration</translation>
        </message>
        <message>
            <source>Go on to the end of an iteration</source>
            <translation>Weiter zum Ende einer Iteration</translation>
        </message>
        <message>
            <source>Last event</source>
            <translation>Letztes Ereignis</translation>
        </message>
        <message>
            <source>Go to the last event</source>
            <translation>Zum letzten Ereignis gehen</translation>
        </message>
        <message>
            <source>Live</source>
            <translation>Live</translation>
        </message>
        <message>
            <source>Go to the last event and follow the run</source>
            <translation>Zum letzten Ereignis gehen und dem Lauf folgen</translation>
        </message>
        <message>
            <source>Welcome</source>
            <translation>Willkommen</translation>
        </message>
        <message>
            <source>Samples to look at, and ways to begin</source>
            <translation>Beispiele zum Ansehen, und wie es losgeht</translation>
        </message>
        <message>
            <source>Guided tour</source>
            <translation>Rundgang</translation>
        </message>
        <message>
            <source>See in two minutes what there is</source>
            <translation>In zwei Minuten sehen, was es gibt</translation>
        </message>
        <message>
            <source>Commands…</source>
            <translation>Befehle…</translation>
        </message>
        <message>
            <source>Find anything that can be done, by typing</source>
            <translation>Durch Tippen alles finden, was sich tun lässt</translation>
        </message>
        <message>
            <source>Strategies…</source>
            <translation>Strategien…</translation>
        </message>
        <message>
            <source>What every search strategy does: its paper, its formula, its settings</source>
            <translation>Was jede Suchstrategie tut: ihr Artikel, ihre Formel, ihre Einstellungen</translation>
        </message>
        <message>
            <source>Keys and commands…</source>
            <translation>Tasten und Befehle…</translation>
        </message>
        <message>
            <source>All that can be done, by which keys, and other keys for it</source>
            <translation>Alles, was sich tun lässt, mit welchen Tasten, und andere Tasten dafür</translation>
        </message>
        <message>
            <source>Licences…</source>
            <translation>Lizenzen…</translation>
        </message>
        <message>
            <source>What Espalier is made of, and under which licences</source>
            <translation>Woraus Espalier besteht, und unter welchen Lizenzen</translation>
        </message>
        <message>
            <source>About Espalier</source>
            <translation>Über Espalier</translation>
        </message>
        <message>
            <source>Versions, for reports of a problem</source>
            <translation>Versionen, für Fehlermeldungen</translation>
        </message>
        <message>
            <source>No probe is under way, and none waits.</source>
            <translation>Keine Sonde ist im Gang, und keine wartet.</translation>
        </message>
        <message>
            <source>Probe this thought…</source>
            <translation>Gedankengang sondieren…</translation>
        </message>
        <message>
            <source>Ask whether the selected trace's thought was needed, and what in it the answer hangs on</source>
            <translation>Fragen, ob der Gedankengang der gewählten Spur nötig war und woran in ihm die Antwort hängt</translation>
        </message>
        <message>
            <source>Run all probes…</source>
            <translation>Alle Sonden starten…</translation>
        </message>
        <message>
            <source>Ask everything about this thought, one after the other</source>
            <translation>Alles zu diesem Gedankengang fragen, eins nach dem anderen</translation>
        </message>
        <message>
            <source>Cancel all probes</source>
            <translation>Alle Sonden abbrechen</translation>
        </message>
        <message>
            <source>Stop the probe under way and those that wait; what was drawn stays</source>
            <translation>Die laufende Sonde und die wartenden beenden; Gezogenes bleibt erhalten</translation>
        </message>
        <message>
            <source>There is no trace on the screen to be scored.</source>
            <translation>Es ist keine Spur zu sehen, die bewertet werden könnte.</translation>
        </message>
        <message>
            <source>Nothing is being scored.</source>
            <translation>Es wird gerade nichts bewertet.</translation>
        </message>
        <message>
            <source>Score the traces…</source>
            <translation>Spuren bewerten…</translation>
        </message>
        <message>
            <source>Have another reward model score every step of this run's ended traces</source>
            <translation>Jeden Schritt der beendeten Spuren dieses Laufs von einem anderen Reward-Modell bewerten lassen</translation>
        </message>
        <message>
            <source>Cancel the scoring</source>
            <translation>Bewerten abbrechen</translation>
        </message>
        <message>
            <source>Stop scoring; the scores so far are kept</source>
            <translation>Nicht weiter bewerten; die bisherigen Bewertungen bleiben erhalten</translation>
        </message>
        <message>
            <source>Continue</source>
            <translation>Fortsetzen</translation>
        </message>
        <message>
            <source>Go on</source>
            <translation>Weiterführen</translation>
        </message>
        <message>
            <source>Run</source>
            <translation>Starten</translation>
        </message>
        <message>
            <source>Go on after a pause; or run the last problem again</source>
            <translation>Nach einer Pause weitermachen oder die letzte Aufgabe noch einmal laufen lassen</translation>
        </message>
        <message>
            <source>Run or pause</source>
            <translation>Starten oder anhalten</translation>
        </message>
        <message>
            <source>Pause a run, or let it go on</source>
            <translation>Einen Lauf anhalten oder weiterlaufen lassen</translation>
        </message>
        <message>
            <source>Pause</source>
            <translation>Anhalten</translation>
        </message>
        <message>
            <source>Stop before the next phase</source>
            <translation>Vor der nächsten Phase anhalten</translation>
        </message>
        <message>
            <source>Step phase</source>
            <translation>Eine Phase</translation>
        </message>
        <message>
            <source>Perform one phase, then pause: select, expand, roll out or back up</source>
            <translation>Eine Phase ausführen, dann anhalten: Selektion, Expansion, Rollout oder Backpropagation</translation>
        </message>
        <message>
            <source>Step iteration</source>
            <translation>Eine Iteration</translation>
        </message>
        <message>
            <source>Perform the rest of this iteration, then pause</source>
            <translation>Den Rest dieser Iteration ausführen, dann anhalten</translation>
        </message>
        <message>
            <source>Stop</source>
            <translation>Beenden</translation>
        </message>
        <message>
            <source>End the run; what was found is kept</source>
            <translation>Den Lauf beenden; Gefundenes bleibt erhalten</translation>
        </message>
        <message>
            <source>Go on with more…</source>
            <translation>Mit mehr Budget weiterführen…</translation>
        </message>
        <message>
            <source>Let a run that has ended do more, with the same stream of random numbers</source>
            <translation>Einen beendeten Lauf weiterarbeiten lassen, mit derselben Folge von Zufallszahlen</translation>
        </message>
        <message>
            <source>Suggest strategy and budget…</source>
            <translation>Strategie und Budget vorschlagen…</translation>
        </message>
        <message>
            <source>What does best on problems as hard as the one on screen, with the reason and the table behind it</source>
            <translation>Was bei ähnlich schweren Aufgaben am besten abschneidet, mit Begründung und der Tabelle dahinter</translation>
        </message>
        <message>
            <source>Fit</source>
            <translation>Einpassen</translation>
        </message>
        <message>
            <source>Show the whole tree</source>
            <translation>Den ganzen Baum zeigen</translation>
        </message>
        <message>
            <source>Fit selection</source>
            <translation>Auswahl einpassen</translation>
        </message>
        <message>
            <source>Show the selected step with its parent and children</source>
            <translation>Den gewählten Schritt mit Vorgänger und Kindern zeigen</translation>
        </message>
        <message>
            <source>100 %</source>
            <translation>100 %</translation>
        </message>
        <message>
            <source>Cards at their full size</source>
            <translation>Karten in voller Größe</translation>
        </message>
        <message>
            <source>Zoom in</source>
            <translation>Vergrößern</translation>
        </message>
        <message>
            <source>Larger cards</source>
            <translation>Größere Karten</translation>
        </message>
        <message>
            <source>Zoom out</source>
            <translation>Verkleinern</translation>
        </message>
        <message>
            <source>Smaller cards</source>
            <translation>Kleinere Karten</translation>
        </message>
        <message>
            <source>Fold or unfold</source>
            <translation>Ein- oder ausklappen</translation>
        </message>
        <message>
            <source>Put the selected step's children away, or bring them out</source>
            <translation>Die Kinder des gewählten Schritts wegräumen oder hervorholen</translation>
        </message>
        <message>
            <source>Hoist subtree</source>
            <translation>Nur diesen Teilbaum</translation>
        </message>
        <message>
            <source>Show the selected step and what is below it, alone</source>
            <translation>Nur den gewählten Schritt zeigen und was darunter steht</translation>
        </message>
        <message>
            <source>Show whole tree</source>
            <translation>Ganzen Baum zeigen</translation>
        </message>
        <message>
            <source>Show all that hoisting had put away</source>
            <translation>Alles zeigen, was ausgeblendet war</translation>
        </message>
        <message>
            <source>Pin</source>
            <translation>Anheften</translation>
        </message>
        <message>
            <source>Give the selected step a card for good, whatever its visits</source>
            <translation>Dem gewählten Schritt dauerhaft eine Karte geben, wie selten er auch besucht wird</translation>
        </message>
        <message>
            <source>Next colour</source>
            <translation>Nächste Farbe</translation>
        </message>
        <message>
            <source>Let the colours show another number of each step</source>
            <translation>Die Farben eine andere Zahl jedes Schritts zeigen lassen</translation>
        </message>
        <message>
            <source>Small map</source>
            <translation>Kleine Karte</translation>
        </message>
        <message>
            <source>A small map of the whole tree while a part of it is out of sight</source>
            <translation>Eine kleine Karte des ganzen Baums, solange ein Teil nicht zu sehen ist</translation>
        </message>
        <message>
            <source>Preview best trace</source>
            <translation>Vorschau der besten Spur</translation>
        </message>
        <message>
            <source>Show what would follow the selected step, as resting on it with the mouse does</source>
            <translation>Zeigen, was auf den gewählten Schritt folgte, wie beim Verweilen mit der Maus</translation>
        </message>
        <message>
            <source>Reduced motion</source>
            <translation>Weniger Bewegung</translation>
        </message>
        <message>
            <source>Nothing glides and no phase is played: things are where they belong at once</source>
            <translation>Nichts gleitet, keine Phase wird vorgespielt: alles steht gleich an seinem Platz</translation>
        </message>
        <message>
            <source>Reset layout</source>
            <translation>Anordnung zurücksetzen</translation>
        </message>
        <message>
            <source>Put all panels back in their places</source>
            <translation>Alle Bereiche an ihren Platz stellen</translation>
        </message>
        <message>
            <source>Light or dark</source>
            <translation>Helles oder dunkles Aussehen</translation>
        </message>
        <message>
            <source>Change between the light and the dark look</source>
            <translation>Zwischen hellem und dunklem Aussehen wechseln</translation>
        </message>
        <message>
            <source>Preferences…</source>
            <translation>Einstellungen…</translation>
        </message>
        <message>
            <source>Look, language, text size, keys</source>
            <translation>Aussehen, Sprache, Schriftgröße, Tasten</translation>
        </message>
        <message>
            <source>Show or hide the panel {title}</source>
            <translation>Den Bereich „{title}“ zeigen oder ausblenden</translation>
        </message>
        <message>
            <source>{file} is a folder in no format that is imported.</source>
            <translation>Der Ordner {file} hat kein Format, das sich importieren lässt.</translation>
        </message>
        <message>
            <source>A file cannot be read or written: {error}.</source>
            <translation>Eine Datei kann nicht gelesen oder geschrieben werden: {error}.</translation>
        </message>
        <message>
            <source>Rate the step</source>
            <translation>Schritt einstufen</translation>
        </message>
        <message>
            <source>Judge the steps</source>
            <translation>Schritte beurteilen</translation>
        </message>
        <message>
            <source>The PRM desk: every step's score, where it came from, and whether to believe it</source>
            <translation>Das PRM-Pult: die Bewertung jedes Schritts, woher sie kommt und ob ihr zu glauben ist</translation>
        </message>
        <message>
            <source>Monte-Carlo labels…</source>
            <translation>Monte-Carlo-Labels…</translation>
        </message>
        <message>
            <source>Let the model complete the trace from behind every step, and count how often that ends right</source>
            <translation>Das Modell die Spur von jedem Schritt aus zu Ende führen lassen und zählen, wie oft das richtig ausgeht</translation>
        </message>
        <message>
            <source>Good</source>
            <translation>Gut</translation>
        </message>
        <message>
            <source>The selected step is right, and a sensible way on</source>
            <translation>Der gewählte Schritt ist richtig und führt sinnvoll weiter</translation>
        </message>
        <message>
            <source>Neutral</source>
            <translation>Neutral</translation>
        </message>
        <message>
            <source>The selected step is right, but it leads nowhere or says too little</source>
            <translation>Der gewählte Schritt ist richtig, führt aber nirgends hin oder sagt zu wenig</translation>
        </message>
        <message>
            <source>Bad</source>
            <translation>Schlecht</translation>
        </message>
        <message>
            <source>The selected step is wrong, or not to be understood</source>
            <translation>Der gewählte Schritt ist falsch oder nicht zu verstehen</translation>
        </message>
        <message>
            <source>No rating</source>
            <translation>Keine Einstufung</translation>
        </message>
        <message>
            <source>Take your rating of the selected step away</source>
            <translation>Die eigene Einstufung des gewählten Schritts entfernen</translation>
        </message>
        <message>
            <source>Have a model score every step in the scope that it has not scored yet</source>
            <translation>Ein Modell alle Schritte des Umfangs bewerten lassen, die es noch nicht bewertet hat</translation>
        </message>
        <message>
            <source>Which runs</source>
            <translation>Welche Läufe</translation>
        </message>
        <message>
            <source>Whose traces: this run's, those of all runs on its problem, or all</source>
            <translation>Wessen Spuren: die dieses Laufs, die aller Läufe zu seiner Aufgabe, oder alle</translation>
        </message>
        <message>
            <source>Scorer</source>
            <translation>Bewerter</translation>
        </message>
        <message>
            <source>Whose scores are shown</source>
            <translation>Wessen Bewertungen gezeigt werden</translation>
        </message>
        <message>
            <source>Aggregation</source>
            <translation>Aggregation</translation>
        </message>
        <message>
            <source>The rule by which the scores of a trace's steps become one number; nothing is scored again</source>
            <translation>Die Regel, nach der aus den Bewertungen der Schritte einer Spur eine Zahl wird; nichts wird neu bewertet</translation>
        </message>
        <message>
            <source>Channel</source>
            <translation>Kanal</translation>
        </message>
        <message>
            <source>The score, or a raw number that the model gives beside it</source>
            <translation>Die Bewertung, oder eine Rohzahl, die das Modell daneben ausgibt</translation>
        </message>
        <message>
            <source>Score with…</source>
            <translation>Bewerten mit…</translation>
        </message>
        <message>
            <source>Cancel</source>
            <translation>Abbrechen</translation>
        </message>
        <message>
            <source>Stop scoring; what was scored stays</source>
            <translation>Nicht weiter bewerten; Bewertetes bleibt erhalten</translation>
        </message>
        <message>
            <source>no scores</source>
            <translation>keine Bewertungen</translation>
        </message>
        <message>
            <source>score</source>
            <translation>Bewertung</translation>
        </message>
        <message>
            <source>Tabs of the PRM desk</source>
            <translation>Reiter des PRM-Pults</translation>
        </message>
        <message>
            <source>More tabs</source>
            <translation>Weitere Reiter</translation>
        </message>
        <message>
            <source>{read:,} of {of:,} runs read…</source>
            <translation>{read:,} von {of:,} Läufen gelesen…</translation>
        </message>
        <message>
            <source>{done:,} of {total:,} traces scored…</source>
            <translation>{done:,} von {total:,} Spuren bewertet…</translation>
        </message>
        <message>
            <source>nothing</source>
            <translation>nichts</translation>
        </message>
        <message>
            <source>Scatter plot of two scorers</source>
            <translation>Streudiagramm zweier Bewerter</translation>
        </message>
        <message>
            <source>Two models</source>
            <translation>Zwei Modelle</translation>
        </message>
        <message>
            <source>What is compared</source>
            <translation>Was verglichen wird</translation>
        </message>
        <message>
            <source>Steps, whole traces by the rule above, or the answers that are elected</source>
            <translation>Schritte, ganze Spuren nach der Regel oben, oder die gewählten Antworten</translation>
        </message>
        <message>
            <source>steps</source>
            <translation>Schritte</translation>
        </message>
        <message>
            <source>traces</source>
            <translation>Spuren</translation>
        </message>
        <message>
            <source>elected answers</source>
            <translation>gewählte Antworten</translation>
        </message>
        <message>
            <source>Copy</source>
            <translation>Kopieren</translation>
        </message>
        <message>
            <source>Copy the table as Markdown</source>
            <translation>Die Tabelle als Markdown kopieren</translation>
        </message>
        <message>
            <source>The other scorer</source>
            <translation>Der andere Bewerter</translation>
        </message>
        <message>
            <source>Whose scores are held beside those of the scorer above</source>
            <translation>Wessen Bewertungen neben die des Bewerters oben gehalten werden</translation>
        </message>
        <message>
            <source>right</source>
            <translation>richtig</translation>
        </message>
        <message>
            <source>wrong</source>
            <translation>falsch</translation>
        </message>
        <message>
            <source>Run #</source>
            <translation>Lauf</translation>
        </message>
        <message>
            <source>Number of the run</source>
            <translation>Nummer des Laufs</translation>
        </message>
        <message>
            <source>Step</source>
            <translation>Schritt</translation>
        </message>
        <message>
            <source>Number of the step in its trace; empty for a whole trace</source>
            <translation>Nummer des Schritts in seiner Spur; leer für eine ganze Spur</translation>
        </message>
        <message>
            <source>What the model wrote; of a whole trace its answer, ✓ right and ✗ wrong</source>
            <translation>Was das Modell schrieb; bei einer ganzen Spur ihre Antwort, ✓ richtig und ✗ falsch</translation>
        </message>
        <message>
            <source>Times</source>
            <translation>Mal</translation>
        </message>
        <message>
            <source>How often this very step, after the very same ones, stands in the scope</source>
            <translation>Wie oft genau dieser Schritt, nach genau denselben, im Umfang vorkommt</translation>
        </message>
        <message>
            <source>First</source>
            <translation>Erster</translation>
        </message>
        <message>
            <source>The score by the scorer that is chosen above all tabs</source>
            <translation>Die Bewertung durch den Bewerter, der über den Reitern gewählt ist</translation>
        </message>
        <message>
            <source>Second</source>
            <translation>Zweiter</translation>
        </message>
        <message>
            <source>The score by the other one</source>
            <translation>Die Bewertung durch den anderen</translation>
        </message>
        <message>
            <source>Difference</source>
            <translation>Unterschied</translation>
        </message>
        <message>
            <source>Second less first</source>
            <translation>Zweiter minus erster</translation>
        </message>
        <message>
            <source>Problem</source>
            <translation>Aufgabe</translation>
        </message>
        <message>
            <source>What was asked</source>
            <translation>Was gefragt wurde</translation>
        </message>
        <message>
            <source>First elects</source>
            <translation>Erster wählt</translation>
        </message>
        <message>
            <source>✓ right, ✗ wrong, and the weight of its votes</source>
            <translation>✓ richtig, ✗ falsch, und das Gewicht ihrer Stimmen</translation>
        </message>
        <message>
            <source>Second elects</source>
            <translation>Zweiter wählt</translation>
        </message>
        <message>
            <source>They differ.</source>
            <translation>Sie sind verschieden.</translation>
        </message>
        <message>
            <source>They agree.</source>
            <translation>Sie stimmen überein.</translation>
        </message>
        <message>
            <source>Largest differences</source>
            <translation>Größte Unterschiede</translation>
        </message>
        <message>
            <source>What either scorer elects</source>
            <translation>Was jeder der beiden Bewerter wählt</translation>
        </message>
        <message>
            <source>Only one scorer has read the traces of this scope. Press “Score with…” to have another model read the same steps.</source>
            <translation>Nur ein Bewerter hat die Spuren dieses Umfangs gelesen. „Bewerten mit…“ lässt ein anderes Modell dieselben Schritte lesen.</translation>
        </message>
        <message>
            <source>No step of this scope has been scored by both. Press “Score with…” to have the other one read the same steps.</source>
            <translation>Kein Schritt dieses Umfangs wurde von beiden bewertet. „Bewerten mit…“ lässt den anderen dieselben Schritte lesen.</translation>
        </message>
        <message>
            <source>{unit}: Spearman {spearman}, Pearson {pearson} (n {n:,})</source>
            <translation>{unit}: Spearman {spearman}, Pearson {pearson} (n {n:,})</translation>
        </message>
        <message>
            <source>few data</source>
            <translation>wenig Daten</translation>
        </message>
        <message>
            <source>Of the {size} best traces {common} are the same.</source>
            <translation>Von den {size} besten Spuren sind {common} dieselben.</translation>
        </message>
        <message>
            <source>They elect different answers.</source>
            <translation>Sie wählen verschiedene Antworten.</translation>
        </message>
        <message>
            <source>They elect the same answer.</source>
            <translation>Sie wählen dieselbe Antwort.</translation>
        </message>
        <message>
            <source>In {differing:,} of {count:,} problems they elect different answers.</source>
            <translation>Bei {differing:,} von {count:,} Problemen wählen sie verschiedene Antworten.</translation>
        </message>
        <message>
            <source>{drawn:,} of {of:,} dots are drawn, a fair sample.</source>
            <translation>{drawn:,} von {of:,} Punkten sind gezeichnet, eine faire Stichprobe.</translation>
        </message>
        <message>
            <source>Two scales: scores of {left} lie between {a} and {b}, those of {right} between {c} and {d}. Ranks can be compared, differences cannot.</source>
            <translation>Zwei Skalen: Bewertungen von {left} liegen zwischen {a} und {b}, die von {right} zwischen {c} und {d}. Ränge lassen sich vergleichen, Unterschiede nicht.</translation>
        </message>
        <message>
            <source>Their raw numbers are different things: {left} gives {one}, {right} gives {other}.</source>
            <translation>Ihre Rohzahlen sind Verschiedenes: {left} gibt {one}, {right} gibt {other}.</translation>
        </message>
        <message>
            <source>Their authors aggregate differently ({left}: {one}, {right}: {other}); here both by one rule.</source>
            <translation>Ihre Autoren aggregieren verschieden ({left}: {one}, {right}: {other}); hier beide nach einer Regel.</translation>
        </message>
        <message>
            <source>{count:,} steps were scored by {name} alone.</source>
            <translation>{count:,} Schritte wurden nur von {name} bewertet.</translation>
        </message>
        <message>
            <source>checked</source>
            <translation>geprüft</translation>
        </message>
        <message>
            <source>Monte-Carlo labels</source>
            <translation>Monte-Carlo-Labels</translation>
        </message>
        <message>
            <source>This trace</source>
            <translation>Diese Spur</translation>
        </message>
        <message>
            <source>All {count:,} different ended traces of this run</source>
            <translation>Alle {count:,} verschiedenen beendeten Spuren dieses Laufs</translation>
        </message>
        <message>
            <source>Start</source>
            <translation>Starten</translation>
        </message>
        <message>
            <source>From behind every step the model completes the trace; the share of completions that end right is the step's label (Math-Shepherd). It tells what this model makes of the step, not what could be made of it.</source>
            <translation>Von jedem Schritt aus führt das Modell die Spur zu Ende; der Anteil der Fortsetzungen, die richtig ausgehen, ist das Label des Schritts (Math-Shepherd). Es sagt, was dieses Modell aus dem Schritt macht, nicht, was sich daraus machen ließe.</translation>
        </message>
        <message>
            <source>Traces</source>
            <translation>Spuren</translation>
        </message>
        <message>
            <source>Samples of each step</source>
            <translation>Stichproben je Schritt</translation>
        </message>
        <message>
            <source>Temperature</source>
            <translation>Temperatur</translation>
        </message>
        <message>
            <source>{samples:,} completions from behind 1 step, about {tokens:,} tokens to be written.</source>
            <translation>{samples:,} Fortsetzungen von 1 Schritt aus, etwa {tokens:,} Token zu schreiben.</translation>
        </message>
        <message>
            <source>{samples:,} completions from behind {steps:,} steps, about {tokens:,} tokens to be written.</source>
            <translation>{samples:,} Fortsetzungen von {steps:,} Schritten aus, etwa {tokens:,} Token zu schreiben.</translation>
        </message>
        <message>
            <source>About {time} minutes at the pace of run {run}, or less: samples are drawn side by side.</source>
            <translation>Etwa {time} Minuten beim Tempo von Lauf {run}, oder weniger: Stichproben werden nebeneinander gezogen.</translation>
        </message>
        <message>
            <source>There is no trace to be labelled.</source>
            <translation>Es gibt keine Spur zum Labeln.</translation>
        </message>
        <message>
            <source>Monte-Carlo labels are queued.</source>
            <translation>Monte-Carlo-Labels stehen in der Warteschlange.</translation>
        </message>
        <message>
            <source>Monte-Carlo labels: run {run} is under way</source>
            <translation>Monte-Carlo-Labels: Lauf {run} ist im Gang</translation>
        </message>
        <message>
            <source>What the scorer wrote about the step</source>
            <translation>Was der Bewerter zum Schritt schrieb</translation>
        </message>
        <message>
            <source>It wrote nothing about this step.</source>
            <translation>Zu diesem Schritt hat er nichts geschrieben.</translation>
        </message>
        <message>
            <source>Step {number}, why it has no score</source>
            <translation>Schritt {number}, warum er keine Bewertung hat</translation>
        </message>
        <message>
            <source>Step {number}, {score}: what the scorer wrote</source>
            <translation>Schritt {number}, {score}: was der Bewerter schrieb</translation>
        </message>
        <message>
            <source>Monte-Carlo</source>
            <translation>Monte-Carlo</translation>
        </message>
        <message>
            <source>exact</source>
            <translation>exakt</translation>
        </message>
        <message>
            <source>you</source>
            <translation>selbst</translation>
        </message>
        <message>
            <source>others</source>
            <translation>andere</translation>
        </message>
        <message>
            <source>The trace at a glance: PRM, Monte-Carlo, exact and your ratings</source>
            <translation>Die Spur auf einen Blick: PRM, Monte-Carlo, exakt und die eigenen Einstufungen</translation>
        </message>
        <message>
            <source>yes</source>
            <translation>ja</translation>
        </message>
        <message>
            <source>no</source>
            <translation>nein</translation>
        </message>
        <message>
            <source>can be solved</source>
            <translation>lösbar</translation>
        </message>
        <message>
            <source>No trace to look at yet: select a step in the tree, or wait for the first one to end.</source>
            <translation>Noch keine Spur zum Ansehen: im Baum einen Schritt auswählen oder warten, bis die erste zu Ende ist.</translation>
        </message>
        <message>
            <source>Not rated by you: 1 good, 2 neutral, 3 bad</source>
            <translation>Selbst nicht eingestuft: 1 gut, 2 neutral, 3 schlecht</translation>
        </message>
        <message>
            <source>Trace</source>
            <translation>Spur</translation>
        </message>
        <message>
            <source>Next unrated trace</source>
            <translation>Nächste offene Spur</translation>
        </message>
        <message>
            <source>Go to the next trace with a step that you have not rated (Return in the table)</source>
            <translation>Zur nächsten Spur mit einem noch nicht selbst eingestuften Schritt gehen (Eingabetaste in der Tabelle)</translation>
        </message>
        <message>
            <source>Stop drawing labels; what was drawn stays</source>
            <translation>Keine Labels mehr ziehen; Gezogenes bleibt erhalten</translation>
        </message>
        <message>
            <source>Which trace</source>
            <translation>Welche Spur</translation>
        </message>
        <message>
            <source>The trace by every rule</source>
            <translation>Die Spur nach jeder Regel</translation>
        </message>
        <message>
            <source>Your ratings and the scorer</source>
            <translation>Eigene Einstufungen und der Bewerter</translation>
        </message>
        <message>
            <source>#</source>
            <translation>#</translation>
        </message>
        <message>
            <source>Number of the step; the first error is marked</source>
            <translation>Nummer des Schritts; der erste Fehler ist markiert</translation>
        </message>
        <message>
            <source>What the step says</source>
            <translation>Was der Schritt sagt</translation>
        </message>
        <message>
            <source>The scorer's word for the step, from 0 to 1; hatched: it has none</source>
            <translation>Was der Bewerter zum Schritt sagt, von 0 bis 1; schraffiert: nichts</translation>
        </message>
        <message>
            <source>Share of completions from behind this step that end right, with its 95 % interval (Math-Shepherd)</source>
            <translation>Anteil der Fortsetzungen von diesem Schritt aus, die richtig ausgehen, mit seinem 95-%-Intervall (Math-Shepherd)</translation>
        </message>
        <message>
            <source>Exact</source>
            <translation>Exakt</translation>
        </message>
        <message>
            <source>Whether a right answer can still be reached from here, worked out by a solver</source>
            <translation>Ob von hier aus noch eine richtige Antwort erreichbar ist, von einem Löser ausgerechnet</translation>
        </message>
        <message>
            <source>You</source>
            <translation>Selbst</translation>
        </message>
        <message>
            <source>Others</source>
            <translation>Andere</translation>
        </message>
        <message>
            <source>Ratings that came with the trace, and who gave them</source>
            <translation>Einstufungen, die mit der Spur kamen, und von wem</translation>
        </message>
        <message>
            <source>A raw number of the model, on its own scale</source>
            <translation>Eine Rohzahl des Modells, auf seiner eigenen Skala</translation>
        </message>
        <message>
            <source>✓ yes</source>
            <translation>✓ ja</translation>
        </message>
        <message>
            <source>✗ no</source>
            <translation>✗ nein</translation>
        </message>
        <message>
            <source>A rollout's step is no node of the tree: it cannot be rated.</source>
            <translation>Der Schritt eines Rollouts ist kein Knoten des Baums: er lässt sich nicht einstufen.</translation>
        </message>
        <message>
            <source>Steps of the trace</source>
            <translation>Schritte der Spur</translation>
        </message>
        <message>
            <source>The first error, says the scorer: its score is below 0.5</source>
            <translation>Der erste Fehler, sagt der Bewerter: die Bewertung liegt unter 0.5</translation>
        </message>
        <message>
            <source>Behind the first error</source>
            <translation>Hinter dem ersten Fehler</translation>
        </message>
        <message>
            <source>Nobody has scored these steps yet. Press “Score with…” to ask a model, or rate them yourself.</source>
            <translation>Diese Schritte hat noch niemand bewertet. „Bewerten mit…“ fragt ein Modell; oder die Schritte selbst einstufen.</translation>
        </message>
        <message>
            <source>No score yet: a scorer is reading traces.</source>
            <translation>Noch keine Bewertung: ein Bewerter liest gerade Spuren.</translation>
        </message>
        <message>
            <source>No score yet: the run is under way.</source>
            <translation>Noch keine Bewertung: der Lauf ist im Gang.</translation>
        </message>
        <message>
            <source>You rated 1 step</source>
            <translation>Sie haben 1 Schritt eingestuft</translation>
        </message>
        <message>
            <source>You rated {rated:,} steps</source>
            <translation>Sie haben {rated:,} Schritte eingestuft</translation>
        </message>
        <message>
            <source>{rated}; it has no score.</source>
            <translation>{rated}; er hat keine Bewertung.</translation>
        </message>
        <message>
            <source>{rated}; none of them has a score.</source>
            <translation>{rated}; keiner davon hat eine Bewertung.</translation>
        </message>
        <message>
            <source>{rated}; the scorer agrees on {share:.0%} of {n:,}, κ {kappa}, AUC {auc}</source>
            <translation>{rated}; der Bewerter stimmt bei {share:.0%} von {n:,} zu, κ {kappa}, AUC {auc}</translation>
        </message>
        <message>
            <source>Plot of the scores of many traces, step by step</source>
            <translation>Kurven der Bewertungen vieler Spuren, Schritt für Schritt</translation>
        </message>
        <message>
            <source>on the screen</source>
            <translation>gerade gezeigt</translation>
        </message>
        <message>
            <source>its first error</source>
            <translation>ihr erster Fehler</translation>
        </message>
        <message>
            <source>{drawn:,} of {all:,} drawn</source>
            <translation>{drawn:,} von {all:,} gezeichnet</translation>
        </message>
        <message>
            <source>bold: median, band: half of the traces</source>
            <translation>fett: Median, Band: die Hälfte der Spuren</translation>
        </message>
        <message>
            <source>Vote</source>
            <translation>Abstimmung</translation>
        </message>
        <message>
            <source>Weighted vote: the answer whose traces weigh most together</source>
            <translation>Gewichtete Abstimmung: die Antwort, deren Spuren zusammen am meisten wiegen</translation>
        </message>
        <message>
            <source>Best</source>
            <translation>Beste</translation>
        </message>
        <message>
            <source>Best of N: the answer of the best single trace</source>
            <translation>Best of N: die Antwort der besten einzelnen Spur</translation>
        </message>
        <message>
            <source>Majority</source>
            <translation>Mehrheit</translation>
        </message>
        <message>
            <source>The answer that most traces give; scores do not count</source>
            <translation>Die Antwort, die die meisten Spuren geben; Bewertungen zählen nicht</translation>
        </message>
        <message>
            <source>{check} {answer}: weight {weight}, 1 vote</source>
            <translation>{check} {answer}: Gewicht {weight}, 1 Stimme</translation>
        </message>
        <message>
            <source>{check} {answer}: weight {weight}, {votes:,} votes</source>
            <translation>{check} {answer}: Gewicht {weight}, {votes:,} Stimmen</translation>
        </message>
        <message>
            <source>colour: the score, 0 to 1</source>
            <translation>Farbe: die Bewertung, 0 bis 1</translation>
        </message>
        <message>
            <source>no score</source>
            <translation>ohne Bewertung</translation>
        </message>
        <message>
            <source>first below 0.5</source>
            <translation>erste unter 0.5</translation>
        </message>
        <message>
            <source>after it</source>
            <translation>danach</translation>
        </message>
        <message>
            <source>Heat map of scores, a row for each trace, a column for each step</source>
            <translation>Heatmap der Bewertungen, eine Zeile je Spur, eine Spalte je Schritt</translation>
        </message>
        <message>
            <source>step</source>
            <translation>Schritt</translation>
        </message>
        <message>
            <source>{traces:,} traces: their lengths, or their totals, are all the same.</source>
            <translation>{traces:,} Spuren: ihre Längen oder ihre Gesamtwerte sind alle gleich.</translation>
        </message>
        <message>
            <source>Rank correlation of the total ({rule}) with the number of steps: {value}, {traces:,} traces</source>
            <translation>Rangkorrelation des Gesamtwerts ({rule}) mit der Zahl der Schritte: {value}, {traces:,} Spuren</translation>
        </message>
        <message>
            <source>{words}, {drawn:,} drawn</source>
            <translation>{words}, {drawn:,} gezeichnet</translation>
        </message>
        <message>
            <source>Totals of the traces over their lengths</source>
            <translation>Gesamtwerte der Spuren über ihren Längen</translation>
        </message>
        <message>
            <source>No trace has scores at two steps: there is nothing to compare.</source>
            <translation>Keine Spur hat Bewertungen an zwei Schritten: es gibt nichts zu vergleichen.</translation>
        </message>
        <message>
            <source>{share:.0%} of {traces:,} traces are lowest at the last step, {chance:.0%} would be by chance</source>
            <translation>{share:.0%} von {traces:,} Spuren sind am letzten Schritt am niedrigsten, zufällig wären es {chance:.0%}</translation>
        </message>
        <message>
            <source>{words}: it judges answers more than steps, like a PRM that has become an ORM.</source>
            <translation>{words}: er beurteilt eher Antworten als Schritte, wie ein PRM, das zum ORM geworden ist.</translation>
        </message>
        <message>
            <source>step (dashes: by chance)</source>
            <translation>Schritt (gestrichelt: Zufall)</translation>
        </message>
        <message>
            <source>part of the trace</source>
            <translation>Teil der Spur</translation>
        </message>
        <message>
            <source>start</source>
            <translation>Anfang</translation>
        </message>
        <message>
            <source>middle</source>
            <translation>Mitte</translation>
        </message>
        <message>
            <source>end</source>
            <translation>Ende</translation>
        </message>
        <message>
            <source>Best first</source>
            <translation>Beste zuerst</translation>
        </message>
        <message>
            <source>In run order</source>
            <translation>Nach Läufen</translation>
        </message>
        <message>
            <source>Longest first</source>
            <translation>Längste zuerst</translation>
        </message>
        <message>
            <source>By answer</source>
            <translation>Nach Antwort</translation>
        </message>
        <message>
            <source>Which picture</source>
            <translation>Welches Bild</translation>
        </message>
        <message>
            <source>Order of the rows</source>
            <translation>Reihenfolge der Zeilen</translation>
        </message>
        <message>
            <source>In which order the rows of the heat map stand</source>
            <translation>In welcher Reihenfolge die Zeilen der Heatmap stehen</translation>
        </message>
        <message>
            <source>All rows</source>
            <translation>Alle Zeilen</translation>
        </message>
        <message>
            <source>All rows in sight, or rows high enough to be read; Ctrl and the wheel for what lies between</source>
            <translation>Alle Zeilen im Blick, oder Zeilen hoch genug zum Lesen; Strg und Mausrad für alles dazwischen</translation>
        </message>
        <message>
            <source>At which step the lowest score of a trace stands</source>
            <translation>Bei welchem Schritt die niedrigste Bewertung einer Spur steht</translation>
        </message>
        <message>
            <source>In which part of a trace its lowest score stands</source>
            <translation>In welchem Teil einer Spur ihre niedrigste Bewertung steht</translation>
        </message>
        <message>
            <source>Heat map</source>
            <translation>Heatmap</translation>
        </message>
        <message>
            <source>A row for each trace, a column for each step</source>
            <translation>Eine Zeile je Spur, eine Spalte je Schritt</translation>
        </message>
        <message>
            <source>Curves</source>
            <translation>Kurven</translation>
        </message>
        <message>
            <source>The scores of many traces, step by step</source>
            <translation>Die Bewertungen vieler Spuren, Schritt für Schritt</translation>
        </message>
        <message>
            <source>Minimum</source>
            <translation>Minimum</translation>
        </message>
        <message>
            <source>Where the lowest score of a trace stands</source>
            <translation>Wo die niedrigste Bewertung einer Spur steht</translation>
        </message>
        <message>
            <source>Length</source>
            <translation>Länge</translation>
        </message>
        <message>
            <source>The total of a trace over the number of its steps</source>
            <translation>Der Gesamtwert einer Spur über der Zahl ihrer Schritte</translation>
        </message>
        <message>
            <source>Ranking or rules</source>
            <translation>Rangliste oder Regeln</translation>
        </message>
        <message>
            <source>Copy the ranking</source>
            <translation>Die Rangliste kopieren</translation>
        </message>
        <message>
            <source>As Markdown</source>
            <translation>Als Markdown</translation>
        </message>
        <message>
            <source>As CSV</source>
            <translation>Als CSV</translation>
        </message>
        <message>
            <source>Traces ranked by {rule}, scored by {scorer}</source>
            <translation>Rangliste der Spuren ({rule}), bewertet von {scorer}</translation>
        </message>
        <message>
            <source>Ranking</source>
            <translation>Rangliste</translation>
        </message>
        <message>
            <source>The traces, best first by the chosen aggregation</source>
            <translation>Die Spuren, nach der gewählten Aggregation die beste zuerst</translation>
        </message>
        <message>
            <source>Each rule</source>
            <translation>Jede Regel</translation>
        </message>
        <message>
            <source>What every aggregation would elect, and whether it is right</source>
            <translation>Was jede Aggregation wählen würde, und ob es richtig ist</translation>
        </message>
        <message>
            <source>Place by the total; equal ones in the order of the runs</source>
            <translation>Platz nach dem Gesamtwert; gleiche in der Reihenfolge der Läufe</translation>
        </message>
        <message>
            <source>Total</source>
            <translation>Gesamt</translation>
        </message>
        <message>
            <source>The scores of its steps as one number, by the chosen aggregation</source>
            <translation>Die Bewertungen ihrer Schritte als eine Zahl, nach der gewählten Aggregation</translation>
        </message>
        <message>
            <source>Answer</source>
            <translation>Antwort</translation>
        </message>
        <message>
            <source>● stands before answers that the weighted vote elects; ✓ right, ✗ wrong</source>
            <translation>● steht vor Antworten, die die gewichtete Abstimmung wählt; ✓ richtig, ✗ falsch</translation>
        </message>
        <message>
            <source>Steps</source>
            <translation>Schritte</translation>
        </message>
        <message>
            <source>How many steps it has: a product gets smaller with each, whatever they are worth</source>
            <translation>Wie viele Schritte sie hat: ein Produkt wird mit jedem kleiner, was immer sie wert sind</translation>
        </message>
        <message>
            <source>Lowest</source>
            <translation>Tiefste</translation>
        </message>
        <message>
            <source>Its lowest score</source>
            <translation>Ihre niedrigste Bewertung</translation>
        </message>
        <message>
            <source>at</source>
            <translation>bei</translation>
        </message>
        <message>
            <source>The step with its lowest score</source>
            <translation>Der Schritt mit ihrer niedrigsten Bewertung</translation>
        </message>
        <message>
            <source>The run that it comes from</source>
            <translation>Der Lauf, aus dem sie stammt</translation>
        </message>
        <message>
            <source>Is right</source>
            <translation>Richtig</translation>
        </message>
        <message>
            <source>run {run}, {answer}
total {total}, {steps} steps, lowest score {lowest} at step {at}</source>
            <translation>Lauf {run}, {answer}
Gesamtwert {total}, {steps} Schritte, niedrigste Bewertung {lowest} bei Schritt {at}</translation>
        </message>
        <message>
            <source>Traces, best first</source>
            <translation>Spuren, beste zuerst</translation>
        </message>
        <message>
            <source>How the scores of a trace's steps become one number</source>
            <translation>Wie aus den Bewertungen der Schritte einer Spur eine Zahl wird</translation>
        </message>
        <message>
            <source>Weighted vote</source>
            <translation>Gewichtet</translation>
        </message>
        <message>
            <source>The answer whose traces weigh most together; ✓ right, ✗ wrong</source>
            <translation>Die Antwort, deren Spuren zusammen am meisten wiegen; ✓ richtig, ✗ falsch</translation>
        </message>
        <message>
            <source>Best trace</source>
            <translation>Beste Spur</translation>
        </message>
        <message>
            <source>The answer of the best single trace; ✓ right, ✗ wrong</source>
            <translation>Die Antwort der besten einzelnen Spur; ✓ richtig, ✗ falsch</translation>
        </message>
        <message>
            <source>What each aggregation comes to</source>
            <translation>Was jede Aggregation ergibt</translation>
        </message>
        <message>
            <source>No trace has ended yet in these runs. Start a run that draws several samples, or choose more runs above.</source>
            <translation>In diesen Läufen ist noch keine Spur zu Ende. Einen Lauf mit mehreren Stichproben starten, oder oben mehr Läufe wählen.</translation>
        </message>
        <message>
            <source>{traces:,} traces have ended, and no model has scored their steps. Press “Score with…” above to have them scored.</source>
            <translation>{traces:,} Spuren sind zu Ende, und kein Modell hat ihre Schritte bewertet. „Bewerten mit…“ oben lässt sie bewerten.</translation>
        </message>
        <message>
            <source>no answer that can be read</source>
            <translation>keine lesbare Antwort</translation>
        </message>
        <message>
            <source>answer {answer}, nobody knows whether it is right</source>
            <translation>Antwort {answer}, niemand weiß, ob sie richtig ist</translation>
        </message>
        <message>
            <source>answer {answer}, right</source>
            <translation>Antwort {answer}, richtig</translation>
        </message>
        <message>
            <source>answer {answer}, wrong</source>
            <translation>Antwort {answer}, falsch</translation>
        </message>
        <message>
            <source>run {run}, {answer}</source>
            <translation>Lauf {run}, {answer}</translation>
        </message>
        <message>
            <source>The trace has {steps} steps.</source>
            <translation>Die Spur hat {steps} Schritte.</translation>
        </message>
        <message>
            <source>step {step} of {steps}: {score}</source>
            <translation>Schritt {step} von {steps}: {score}</translation>
        </message>
        <message>
            <source>{words}, the first below 0.5</source>
            <translation>{words}, der erste unter 0.5</translation>
        </message>
        <message>
            <source>{words}, after the first error (step {error})</source>
            <translation>{words}, nach dem ersten Fehler (Schritt {error})</translation>
        </message>
        <message>
            <source>nobody knows</source>
            <translation>niemand weiß es</translation>
        </message>
        <message>
            <source>{right:,}/{asked:,} ✓</source>
            <translation>{right:,}/{asked:,} ✓</translation>
        </message>
        <message>
            <source>learned from</source>
            <translation>gelernt</translation>
        </message>
        <message>
            <source>held out</source>
            <translation>zurückgehalten</translation>
        </message>
        <message>
            <source>Loss of the training</source>
            <translation>Loss des Trainings</translation>
        </message>
        <message>
            <source>Your ratings</source>
            <translation>Eigene Einstufungen</translation>
        </message>
        <message>
            <source>Ratings of datasets</source>
            <translation>Aus Datensätzen</translation>
        </message>
        <message>
            <source>Exact, by a solver</source>
            <translation>Exakt, vom Löser</translation>
        </message>
        <message>
            <source>Monte-Carlo, hard</source>
            <translation>Monte-Carlo, hart</translation>
        </message>
        <message>
            <source>counts as good</source>
            <translation>zählt als gut</translation>
        </message>
        <message>
            <source>counts as bad</source>
            <translation>zählt als schlecht</translation>
        </message>
        <message>
            <source>is left out</source>
            <translation>bleibt außen vor</translation>
        </message>
        <message>
            <source>the bundled PRM (warm start)</source>
            <translation>mitgeliefertes PRM (Warmstart)</translation>
        </message>
        <message>
            <source>the policy, with a new head</source>
            <translation>Policy mit neuem Kopf</translation>
        </message>
        <message>
            <source>another PRM…</source>
            <translation>ein anderes PRM…</translation>
        </message>
        <message>
            <source>Folder of a process reward model</source>
            <translation>Ordner eines Process-Reward-Modells</translation>
        </message>
        <message>
            <source>Folder to write the model to</source>
            <translation>Ordner, in den das Modell geschrieben wird</translation>
        </message>
        <message>
            <source>Labels are being counted…</source>
            <translation>Labels werden gezählt…</translation>
        </message>
        <message>
            <source>Too few labels: {labels} of at least {least}. Rate steps in the tab Trace, or tick more.</source>
            <translation>Zu wenige Labels: {labels} von mindestens {least}. Im Reiter „Spur“ Schritte einstufen, oder mehr ankreuzen.</translation>
        </message>
        <message>
            <source>All labels say the same: there is nothing to tell apart.</source>
            <translation>Alle Labels sagen dasselbe: es gibt nichts zu unterscheiden.</translation>
        </message>
        <message>
            <source>Choose a folder to write the model to.</source>
            <translation>Einen Ordner wählen, in den das Modell geschrieben wird.</translation>
        </message>
        <message>
            <source>{folder} holds something other than a model, and would be replaced.</source>
            <translation>{folder} enthält etwas anderes als ein Modell und würde ersetzt.</translation>
        </message>
        <message>
            <source>A neutral rating</source>
            <translation>Neutrale Einstufung</translation>
        </message>
        <message>
            <source>Begin with</source>
            <translation>Beginnen mit</translation>
        </message>
        <message>
            <source>as the recipe says</source>
            <translation>nach Rezept</translation>
        </message>
        <message>
            <source>Training steps</source>
            <translation>Trainingsschritte</translation>
        </message>
        <message>
            <source>0: each labelled trace is seen about eight times, in at least 40 steps.</source>
            <translation>0: jede gelabelte Spur wird etwa achtmal gesehen, in mindestens 40 Schritten.</translation>
        </message>
        <message>
            <source>Labels</source>
            <translation>Labels</translation>
        </message>
        <message>
            <source>Steps, seed</source>
            <translation>Schritte, Startwert</translation>
        </message>
        <message>
            <source>Write to</source>
            <translation>Schreiben nach</translation>
        </message>
        <message>
            <source>Choose the folder of a process reward model.</source>
            <translation>Den Ordner eines Process-Reward-Modells wählen.</translation>
        </message>
        <message>
            <source>There is no folder {folder}.</source>
            <translation>Den Ordner {folder} gibt es nicht.</translation>
        </message>
        <message>
            <source>1 label</source>
            <translation>1 Label</translation>
        </message>
        <message>
            <source>{count:,} labels</source>
            <translation>{count:,} Labels</translation>
        </message>
        <message>
            <source>1 trace</source>
            <translation>1 Spur</translation>
        </message>
        <message>
            <source>{count:,} traces</source>
            <translation>{count:,} Spuren</translation>
        </message>
        <message>
            <source>1 problem</source>
            <translation>1 Aufgabe</translation>
        </message>
        <message>
            <source>{count:,} problems</source>
            <translation>{count:,} Aufgaben</translation>
        </message>
        <message>
            <source>{labels} ({good:,} good, {bad:,} bad) · {traces} · {problems}</source>
            <translation>{labels} ({good:,} gut, {bad:,} schlecht) · {traces} · {problems}</translation>
        </message>
        <message>
            <source>The loss will be drawn here. A fifth of the problems is held out, and measured before and after.</source>
            <translation>Hier wird der Loss gezeichnet. Ein Fünftel der Aufgaben wird zurückgehalten und vorher und nachher gemessen.</translation>
        </message>
        <message>
            <source>Train</source>
            <translation>Trainieren</translation>
        </message>
        <message>
            <source>Score with it</source>
            <translation>Damit bewerten</translation>
        </message>
        <message>
            <source>Copy the figures</source>
            <translation>Kennzahlen kopieren</translation>
        </message>
        <message>
            <source>Step {step} of {steps}, about {left:.0f} s to go.</source>
            <translation>Schritt {step} von {steps}, noch etwa {left:.0f} s.</translation>
        </message>
        <message>
            <source>Written to {folder}; it can be chosen as a scorer.</source>
            <translation>Geschrieben nach {folder}; kann als Bewerter gewählt werden.</translation>
        </message>
        <message>
            <source>The labels are gathered and the model is loaded…</source>
            <translation>Die Labels werden gesammelt, und das Modell wird geladen…</translation>
        </message>
        <message>
            <source>Cancelled. The same training, started again, goes on from what was saved last.</source>
            <translation>Abgebrochen. Dasselbe Training, erneut gestartet, geht vom zuletzt Gespeicherten weiter.</translation>
        </message>
        <message>
            <source>Nothing was held out, for there are too few traces: nobody knows what it is worth.</source>
            <translation>Nichts wurde zurückgehalten, denn es sind zu wenige Spuren: niemand weiß, was es wert ist.</translation>
        </message>
        <message>
            <source>No step made it better on what is held out, so its weights are those that it began with.</source>
            <translation>Kein Trainingsschritt machte es am Zurückgehaltenen besser, also sind seine Gewichte die vom Anfang.</translation>
        </message>
        <message>
            <source>Its weights are those of step {step:.0f}, the best on what is held out.</source>
            <translation>Seine Gewichte sind die von Schritt {step:.0f}, die besten am Zurückgehaltenen.</translation>
        </message>
        <message>
            <source>Labels of the steps are being read…</source>
            <translation>Labels der Schritte werden gelesen…</translation>
        </message>
        <message>
            <source>Calibration</source>
            <translation>Kalibrierung</translation>
        </message>
        <message>
            <source>Held against</source>
            <translation>Gemessen an</translation>
        </message>
        <message>
            <source>What the scores are held against</source>
            <translation>Woran die Bewertungen gemessen werden</translation>
        </message>
        <message>
            <source>Scores of</source>
            <translation>Bewertungen von</translation>
        </message>
        <message>
            <source>What the diagram is about: the scores of steps, or the totals of traces</source>
            <translation>Worum es im Diagramm geht: um Bewertungen von Schritten oder um Gesamtwerte von Spuren</translation>
        </message>
        <message>
            <source>every step</source>
            <translation>jeder Schritt</translation>
        </message>
        <message>
            <source>every trace</source>
            <translation>jede Spur</translation>
        </message>
        <message>
            <source>Copy all figures as Markdown</source>
            <translation>Alle Kennzahlen als Markdown kopieren</translation>
        </message>
        <message>
            <source>AUC</source>
            <translation>AUC</translation>
        </message>
        <message>
            <source>accuracy</source>
            <translation>Genauigkeit</translation>
        </message>
        <message>
            <source>Disagreements</source>
            <translation>Widersprüche</translation>
        </message>
        <message>
            <source>Which disagreements</source>
            <translation>Welche Widersprüche</translation>
        </message>
        <message>
            <source>High score and wrong answer, low score and right answer, or both</source>
            <translation>Hohe Bewertung und falsche Antwort, niedrige Bewertung und richtige Antwort, oder beides</translation>
        </message>
        <message>
            <source>Both kinds</source>
            <translation>Beide Arten</translation>
        </message>
        <message>
            <source>High but wrong</source>
            <translation>Hoch, aber falsch</translation>
        </message>
        <message>
            <source>Low but right</source>
            <translation>Niedrig, aber richtig</translation>
        </message>
        <message>
            <source>Threshold</source>
            <translation>Schwelle</translation>
        </message>
        <message>
            <source>Where high ends and low begins; without it, the middle between right and wrong traces</source>
            <translation>Wo hoch endet und niedrig beginnt; ohne sie die Mitte zwischen richtigen und falschen Spuren</translation>
        </message>
        <message>
            <source>{high:,} high but wrong, {low:,} low but right, of {known:,} traces that are known</source>
            <translation>{high:,} hoch, aber falsch, {low:,} niedrig, aber richtig, von {known:,} bekannten Spuren</translation>
        </message>
        <message>
            <source>the {count:,} most striking are listed</source>
            <translation>die {count:,} auffälligsten sind aufgeführt</translation>
        </message>
        <message>
            <source>What</source>
            <translation>Was</translation>
        </message>
        <message>
            <source>Whether the score is too high or too low for what the answer is</source>
            <translation>Ob die Bewertung für diese Antwort zu hoch oder zu niedrig ist</translation>
        </message>
        <message>
            <source>Score</source>
            <translation>Bewertung</translation>
        </message>
        <message>
            <source>The trace's total by the rule above</source>
            <translation>Der Gesamtwert der Spur nach der Regel oben</translation>
        </message>
        <message>
            <source>Beats</source>
            <translation>Schlägt</translation>
        </message>
        <message>
            <source>Of the traces that ended the other way, those that it stands on the wrong side of</source>
            <translation>Von den anders ausgegangenen Spuren die, auf deren falscher Seite sie steht</translation>
        </message>
        <message>
            <source>✓ right, ✗ wrong</source>
            <translation>✓ richtig, ✗ falsch</translation>
        </message>
        <message>
            <source>Lowest step</source>
            <translation>Niedrigster Schritt</translation>
        </message>
        <message>
            <source>The step that the scorer likes least, and its score</source>
            <translation>Der Schritt, den der Bewerter am wenigsten mag, und dessen Bewertung</translation>
        </message>
        <message>
            <source>Of the trace</source>
            <translation>Der Spur</translation>
        </message>
        <message>
            <source>Run / node</source>
            <translation>Lauf / Knoten</translation>
        </message>
        <message>
            <source>Run and node at the trace's end</source>
            <translation>Lauf und Knoten am Ende der Spur</translation>
        </message>
        <message>
            <source>▲ high, wrong</source>
            <translation>▲ hoch, falsch</translation>
        </message>
        <message>
            <source>▼ low, right</source>
            <translation>▼ niedrig, richtig</translation>
        </message>
        <message>
            <source>right traces score below it</source>
            <translation>richtige Spuren liegen darunter</translation>
        </message>
        <message>
            <source>wrong traces score above it</source>
            <translation>falsche Spuren liegen darüber</translation>
        </message>
        <message>
            <source>{rule}: {total}</source>
            <translation>{rule}: {total}</translation>
        </message>
        <message>
            <source>run {run}, node {node}, {count} steps</source>
            <translation>Lauf {run}, Knoten {node}, {count} Schritte</translation>
        </message>
        <message>
            <source>Traces of which score and answer do not go together</source>
            <translation>Spuren, deren Bewertung und Antwort nicht zusammenpassen</translation>
        </message>
        <message>
            <source>Which traces</source>
            <translation>Welche Spuren</translation>
        </message>
        <message>
            <source>The trace on the screen, or some from the best to the worst</source>
            <translation>Die gezeigte Spur, oder einige von der besten bis zur schlechtesten</translation>
        </message>
        <message>
            <source>{count} traces</source>
            <translation>{count} Spuren</translation>
        </message>
        <message>
            <source>Which steps</source>
            <translation>Welche Schritte</translation>
        </message>
        <message>
            <source>Into which steps the strings are put, one at a time</source>
            <translation>In welche Schritte die Zeichenfolgen gesetzt werden, jeweils in einen</translation>
        </message>
        <message>
            <source>the first step</source>
            <translation>erster Schritt</translation>
        </message>
        <message>
            <source>the last step</source>
            <translation>letzter Schritt</translation>
        </message>
        <message>
            <source>Where in a step</source>
            <translation>Wo in einem Schritt</translation>
        </message>
        <message>
            <source>at its end</source>
            <translation>an dessen Ende</translation>
        </message>
        <message>
            <source>at its start</source>
            <translation>an dessen Anfang</translation>
        </message>
        <message>
            <source>Ask no more; what was found stays</source>
            <translation>Nicht weiter fragen; Gefundenes bleibt erhalten</translation>
        </message>
        <message>
            <source>Keep as note</source>
            <translation>Als Notiz behalten</translation>
        </message>
        <message>
            <source>Copy both tables as Markdown</source>
            <translation>Beide Tabellen als Markdown kopieren</translation>
        </message>
        <message>
            <source>Scorer to be asked</source>
            <translation>Bewerter, der gefragt wird</translation>
        </message>
        <message>
            <source>The model that is asked; the strings are those that its recipe and tokenizer name</source>
            <translation>Das Modell, das gefragt wird; die Zeichenfolgen sind die, die sein Rezept und sein Tokenizer nennen</translation>
        </message>
        <message>
            <source>one more string</source>
            <translation>noch eine Zeichenfolge</translation>
        </message>
        <message>
            <source>One more string to be tried</source>
            <translation>Noch eine Zeichenfolge zum Ausprobieren</translation>
        </message>
        <message>
            <source>No trace of this scope has ended: there is nothing to put a string into.</source>
            <translation>Keine Spur dieses Umfangs ist zu Ende: es gibt nichts, wo sich eine Zeichenfolge einsetzen ließe.</translation>
        </message>
        <message>
            <source>Select a step of an ended trace first, or take a sample of traces.</source>
            <translation>Zuerst einen Schritt einer beendeten Spur auswählen, oder eine Stichprobe von Spuren nehmen.</translation>
        </message>
        <message>
            <source>Special tokens</source>
            <translation>Sondertoken</translation>
        </message>
        <message>
            <source>Score the traces with the strings in them; nothing of it is kept</source>
            <translation>Die Spuren mit den Zeichenfolgen darin bewerten; davon wird nichts gespeichert</translation>
        </message>
        <message>
            <source>There is no scorer to be asked.</source>
            <translation>Es gibt keinen Bewerter, der gefragt werden könnte.</translation>
        </message>
        <message>
            <source>Write what was found into a note at the trace's end</source>
            <translation>Das Gefundene in eine Notiz am Ende der Spur schreiben</translation>
        </message>
        <message>
            <source>Only what was found in one trace can become its note.</source>
            <translation>Nur was in einer einzelnen Spur gefunden wurde, kann ihre Notiz werden.</translation>
        </message>
        <message>
            <source>Put the trace on the screen first.</source>
            <translation>Zuerst die Spur zeigen lassen.</translation>
        </message>
        <message>
            <source>String</source>
            <translation>Zeichen</translation>
        </message>
        <message>
            <source>What was put into the steps, as plain text</source>
            <translation>Was in die Schritte gesetzt wurde, als reiner Text</translation>
        </message>
        <message>
            <source>What it is</source>
            <translation>Was es ist</translation>
        </message>
        <message>
            <source>What models take it for</source>
            <translation>Wofür Modelle es halten</translation>
        </message>
        <message>
            <source>Moves</source>
            <translation>Bewegt</translation>
        </message>
        <message>
            <source>Mean size of the change of the step's own score</source>
            <translation>Mittlere Größe der Änderung an der Bewertung des Schritts selbst</translation>
        </message>
        <message>
            <source>A word moves</source>
            <translation>Ein Wort</translation>
        </message>
        <message>
            <source>The same for an innocent word as long as the string</source>
            <translation>Dasselbe für ein harmloses Wort, das so lang ist wie die Zeichenfolge</translation>
        </message>
        <message>
            <source>n</source>
            <translation>n</translation>
        </message>
        <message>
            <source>Cases</source>
            <translation>Fälle</translation>
        </message>
        <message>
            <source>What was put into the step, as plain text</source>
            <translation>Was in den Schritt gesetzt wurde, als reiner Text</translation>
        </message>
        <message>
            <source>Number of the trace among those asked about</source>
            <translation>Nummer der Spur unter den gefragten</translation>
        </message>
        <message>
            <source>Where it was put</source>
            <translation>Wohin sie gesetzt wurde</translation>
        </message>
        <message>
            <source>Before</source>
            <translation>Vor</translation>
        </message>
        <message>
            <source>The step's score without it</source>
            <translation>Die Bewertung des Schritts ohne sie</translation>
        </message>
        <message>
            <source>After</source>
            <translation>Nach</translation>
        </message>
        <message>
            <source>The step's score with it; a dash where the scorer had nothing to say any more</source>
            <translation>Die Bewertung des Schritts mit ihr; ein Strich, wo der Bewerter nichts mehr zu sagen hatte</translation>
        </message>
        <message>
            <source>Change</source>
            <translation>Änderung</translation>
        </message>
        <message>
            <source>After less before</source>
            <translation>Nach minus Vor</translation>
        </message>
        <message>
            <source>Word</source>
            <translation>Wort</translation>
        </message>
        <message>
            <source>The change that an innocent word as long as the string makes there</source>
            <translation>Die Änderung, die ein harmloses Wort derselben Länge dort bewirkt</translation>
        </message>
        <message>
            <source>Later</source>
            <translation>Später</translation>
        </message>
        <message>
            <source>Mean change of the steps after it</source>
            <translation>Mittlere Änderung der Schritte danach</translation>
        </message>
        <message>
            <source>Word, later</source>
            <translation>Wort, später</translation>
        </message>
        <message>
            <source>The same with the innocent word</source>
            <translation>Dasselbe mit dem harmlosen Wort</translation>
        </message>
        <message>
            <source>lost ×{count}</source>
            <translation>verloren ×{count}</translation>
        </message>
        <message>
            <source>the word: {word}</source>
            <translation>das Wort: {word}</translation>
        </message>
        <message>
            <source>What each string does</source>
            <translation>Was jede Zeichenfolge bewirkt</translation>
        </message>
        <message>
            <source>Every string in every step</source>
            <translation>Jede Zeichenfolge in jedem Schritt</translation>
        </message>
        <message>
            <source>{strings} strings, each beside an innocent word as long: {count:,} traces to score</source>
            <translation>{strings} Zeichenfolgen, jede neben einem harmlosen Wort gleicher Länge: {count:,} Spuren zu bewerten</translation>
        </message>
        <message>
            <source>Stopped after {done:,} of {total:,} traces.</source>
            <translation>Nach {done:,} von {total:,} Spuren beendet.</translation>
        </message>
        <message>
            <source>No string moves scores further than a word as long does: its text is taken for text.</source>
            <translation>Keine Zeichenfolge bewegt Bewertungen weiter als ein gleich langes Wort: ihr Text gilt als Text.</translation>
        </message>
        <message>
            <source>Further than a word as long does, scores are moved by: {names}.</source>
            <translation>Weiter als ein gleich langes Wort bewegen die Bewertungen: {names}.</translation>
        </message>
        <message>
            <source>{before} → {after} with the string, → {control} with the word</source>
            <translation>{before} → {after} mit der Zeichenfolge, → {control} mit dem Wort</translation>
        </message>
        <message>
            <source>Special tokens as plain text, scored by {scorer}:</source>
            <translation>Sondertoken als reiner Text, bewertet von {scorer}:</translation>
        </message>
        <message>
            <source>a word</source>
            <translation>ein Wort</translation>
        </message>
        <message>
            <source>Plot of AUC and accuracy at each step</source>
            <translation>AUC und Genauigkeit an jedem Schritt</translation>
        </message>
        <message>
            <source>No trace of this scope came with ratings that tell its first wrong step. Open a dataset such as ProcessBench or PRM800K, press “Score with…”, and take the whole session as the scope.</source>
            <translation>Keine Spur dieses Umfangs kam mit Einstufungen, die ihren ersten falschen Schritt nennen. Einen Datensatz wie ProcessBench oder PRM800K öffnen, „Bewerten mit…“ drücken und als Umfang die ganze Sitzung nehmen.</translation>
        </message>
        <message>
            <source>The ratings are being read…</source>
            <translation>Die Einstufungen werden gelesen…</translation>
        </message>
        <message>
            <source>ProcessBench</source>
            <translation>ProcessBench</translation>
        </message>
        <message>
            <source>The threshold with the largest F1 over all of these traces</source>
            <translation>Die Schwelle mit dem größten F1 über alle diese Spuren</translation>
        </message>
        <message>
            <source>A step with a lower score is called wrong; the first of them counts</source>
            <translation>Ein Schritt mit niedrigerer Bewertung heißt falsch; der erste davon zählt</translation>
        </message>
        <message>
            <source>F1</source>
            <translation>F1</translation>
        </message>
        <message>
            <source>first wrong step found</source>
            <translation>erster falscher Schritt gefunden</translation>
        </message>
        <message>
            <source>right ones passed</source>
            <translation>richtige durchgelassen</translation>
        </message>
        <message>
            <source>Threshold {value}</source>
            <translation>Schwelle {value}</translation>
        </message>
        <message>
            <source>F1 {f1} over {count:,} traces</source>
            <translation>F1 {f1} über {count:,} Spuren</translation>
        </message>
        <message>
            <source>mean of the splits {f1}</source>
            <translation>Mittel der Splits {f1}</translation>
        </message>
        <message>
            <source>{count:,} lack a score that would decide</source>
            <translation>bei {count:,} fehlt die entscheidende Bewertung</translation>
        </message>
        <message>
            <source>Plot of F1 over the threshold</source>
            <translation>F1 über der Schwelle</translation>
        </message>
        <message>
            <source>Split</source>
            <translation>Split</translation>
        </message>
        <message>
            <source>Part of the dataset, as its records are called</source>
            <translation>Teil des Datensatzes, wie seine Einträge heißen</translation>
        </message>
        <message>
            <source>Harmonic mean of the two accuracies</source>
            <translation>Harmonisches Mittel der beiden Genauigkeiten</translation>
        </message>
        <message>
            <source>Wrong found</source>
            <translation>Falsche gefunden</translation>
        </message>
        <message>
            <source>Of the traces with a wrong step, those whose first one is found</source>
            <translation>Von den Spuren mit falschem Schritt die, deren erster gefunden wird</translation>
        </message>
        <message>
            <source>Traces with a wrong step</source>
            <translation>Spuren mit falschem Schritt</translation>
        </message>
        <message>
            <source>Right passed</source>
            <translation>Richtige durch</translation>
        </message>
        <message>
            <source>Of the traces without a wrong step, those in which no fault is found</source>
            <translation>Von den Spuren ohne falschen Schritt die, in denen kein Fehler gefunden wird</translation>
        </message>
        <message>
            <source>Traces without a wrong step</source>
            <translation>Spuren ohne falschen Schritt</translation>
        </message>
        <message>
            <source>all</source>
            <translation>alle</translation>
        </message>
        <message>
            <source>Few data: this may be chance.</source>
            <translation>Wenig Daten: das kann Zufall sein.</translation>
        </message>
        <message>
            <source>ProcessBench by split</source>
            <translation>ProcessBench nach Splits</translation>
        </message>
        <message>
            <source>Reliability diagram</source>
            <translation>Zuverlässigkeitsdiagramm</translation>
        </message>
        <message>
            <source>Believe it?</source>
            <translation>Zu glauben?</translation>
        </message>
        <message>
            <source>Ways to doubt a scorer</source>
            <translation>Wege, an einem Bewerter zu zweifeln</translation>
        </message>
        <message>
            <source>Right answer</source>
            <translation>Richtige Antwort</translation>
        </message>
        <message>
            <source>Exact labels</source>
            <translation>Exakte Labels</translation>
        </message>
        <message>
            <source>A dataset's ratings</source>
            <translation>Einstufungen eines Datensatzes</translation>
        </message>
        <message>
            <source>Every step is held against how its trace ended; a step of several traces counts once for each</source>
            <translation>Jeder Schritt wird daran gemessen, wie seine Spur ausging; ein Schritt mehrerer Spuren zählt für jede einmal</translation>
        </message>
        <message>
            <source>Every step is held against what a solver says of it</source>
            <translation>Jeder Schritt wird daran gemessen, was ein Löser von ihm sagt</translation>
        </message>
        <message>
            <source>Every step is held against whether any completion from behind it came out right</source>
            <translation>Jeder Schritt wird daran gemessen, ob eine Fortsetzung von ihm aus richtig ausging</translation>
        </message>
        <message>
            <source>Every step is held against what you rated it; neutral counts as good</source>
            <translation>Jeder Schritt wird an der eigenen Einstufung gemessen; neutral zählt als gut</translation>
        </message>
        <message>
            <source>Every step is held against the rating that came with it; neutral counts as good</source>
            <translation>Jeder Schritt wird an der Einstufung gemessen, die mit ihm kam; neutral zählt als gut</translation>
        </message>
        <message>
            <source>No trace of this scope has both a score and an answer that is known to be right or wrong: take a wider scope, a problem whose answers can be checked, or press Score with…</source>
            <translation>Keine Spur dieses Umfangs hat sowohl eine Bewertung als auch eine Antwort, von der bekannt ist, ob sie richtig ist: einen größeren Umfang nehmen, eine Aufgabe mit prüfbaren Antworten, oder: Bewerten mit…</translation>
        </message>
        <message>
            <source>No step with a score has an exact label here: only problems with a solver, such as the Game of 24, have them.</source>
            <translation>Kein bewerteter Schritt hat hier ein exaktes Label: nur Aufgaben mit einem Löser haben welche, etwa das Spiel 24.</translation>
        </message>
        <message>
            <source>No step with a score has a Monte-Carlo label here: have completions rolled out from its steps first.</source>
            <translation>Kein bewerteter Schritt hat hier ein Monte-Carlo-Label: zuerst Fortsetzungen von den Schritten aus ziehen lassen.</translation>
        </message>
        <message>
            <source>You have rated no step that has a score here: rate steps of the trace on the screen first.</source>
            <translation>Von den bewerteten Schritten ist hier keiner selbst eingestuft: zuerst Schritte der gezeigten Spur einstufen.</translation>
        </message>
        <message>
            <source>No step with a score has come with a rating here: open a dataset of rated steps, such as PRM800K or ProcessBench, and press Score with…</source>
            <translation>Kein bewerteter Schritt kam hier mit einer Einstufung: einen Datensatz eingestufter Schritte öffnen, etwa PRM800K oder ProcessBench, dann: Bewerten mit…</translation>
        </message>
        <message>
            <source>By this rule a trace's total is no number from 0 to 1: how often it is right cannot be read off.</source>
            <translation>Nach dieser Regel ist der Gesamtwert einer Spur keine Zahl von 0 bis 1: wie oft er recht hat, lässt sich nicht ablesen.</translation>
        </message>
        <message>
            <source>Scores</source>
            <translation>Scores</translation>
        </message>
        <message>
            <source>Mean score</source>
            <translation>Mittlere Bewertung</translation>
        </message>
        <message>
            <source>Share right</source>
            <translation>Anteil richtig</translation>
        </message>
        <message>
            <source>95 % interval</source>
            <translation>95-%-Intervall</translation>
        </message>
        <message>
            <source>Right ones</source>
            <translation>Richtige</translation>
        </message>
        <message>
            <source>Accuracy</source>
            <translation>Genauigkeit</translation>
        </message>
        <message>
            <source>calibration error (ECE) {value}</source>
            <translation>Kalibrierungsfehler (ECE) {value}</translation>
        </message>
        <message>
            <source>Brier {value}</source>
            <translation>Brier {value}</translation>
        </message>
        <message>
            <source>AUC {value}</source>
            <translation>AUC {value}</translation>
        </message>
        <message>
            <source>accuracy {value}</source>
            <translation>Genauigkeit {value}</translation>
        </message>
        <message>
            <source>{n:,} traces</source>
            <translation>{n:,} Spuren</translation>
        </message>
        <message>
            <source>{n:,} steps of {traces:,} traces</source>
            <translation>{n:,} Schritte aus {traces:,} Spuren</translation>
        </message>
        <message>
            <source>Few data: {n} traces, fewer than {few}. All of this may be chance.</source>
            <translation>Wenig Daten: {n} Spuren, weniger als {few}. All das kann Zufall sein.</translation>
        </message>
        <message>
            <source>Few data: {n} labelled steps, fewer than {few}. All of this may be chance.</source>
            <translation>Wenig Daten: {n} gelabelte Schritte, weniger als {few}. All das kann Zufall sein.</translation>
        </message>
        <message>
            <source>All of them are right, so there is no AUC.</source>
            <translation>Alle sind richtig, also gibt es keine AUC.</translation>
        </message>
        <message>
            <source>None of them is right, so there is no AUC.</source>
            <translation>Keiner ist richtig, also gibt es keine AUC.</translation>
        </message>
        <message>
            <source>It is too sure: on average it says {said}, and {was} are right.</source>
            <translation>Er ist zu sicher: im Mittel sagt er {said}, und {was} sind richtig.</translation>
        </message>
        <message>
            <source>It is not sure enough: on average it says {said}, and {was} are right.</source>
            <translation>Er ist nicht sicher genug: im Mittel sagt er {said}, und {was} sind richtig.</translation>
        </message>
        <message>
            <source>On average it says {said}, and {was} are right.</source>
            <translation>Im Mittel sagt er {said}, und {was} sind richtig.</translation>
        </message>
        <message>
            <source>scores from {start} to {end}: {count:,}, mean {score}, right {share} [{low}, {high}]</source>
            <translation>Bewertungen von {start} bis {end}: {count:,}, Mittel {score}, richtig {share} [{low}, {high}]</translation>
        </message>
        <message>
            <source>{place}: AUC {auc}, accuracy {accuracy}, {right:,} of {n:,} right</source>
            <translation>{place}: AUC {auc}, Genauigkeit {accuracy}, {right:,} von {n:,} richtig</translation>
        </message>
        <message>
            <source>step {step}</source>
            <translation>Schritt {step}</translation>
        </message>
        <message>
            <source>This run</source>
            <translation>Dieser Lauf</translation>
        </message>
        <message>
            <source>This problem's runs</source>
            <translation>Läufe dieser Aufgabe</translation>
        </message>
        <message>
            <source>Whole session</source>
            <translation>Ganze Sitzung</translation>
        </message>
        <message>
            <source>last step</source>
            <translation>letzter Schritt</translation>
        </message>
        <message>
            <source>minimum</source>
            <translation>Minimum</translation>
        </message>
        <message>
            <source>product</source>
            <translation>Produkt</translation>
        </message>
        <message>
            <source>mean</source>
            <translation>Mittelwert</translation>
        </message>
        <message>
            <source>geometric mean</source>
            <translation>geometrisches Mittel</translation>
        </message>
        <message>
            <source>sum</source>
            <translation>Summe</translation>
        </message>
        <message>
            <source>maximum</source>
            <translation>Maximum</translation>
        </message>
        <message>
            <source>Your rating, as in PRM800K. Good (1 or G): right, and a sensible way on. Neutral (2 or N): right, but it leads nowhere or says too little. Bad (3 or B): wrong, or not to be understood. 0 or Delete takes it away, Return goes to the next trace with an unrated step.</source>
            <translation>Die eigene Einstufung, wie in PRM800K. Gut (1 oder G): richtig und führt sinnvoll weiter. Neutral (2 oder N): richtig, führt aber nirgends hin oder sagt zu wenig. Schlecht (3 oder B): falsch oder nicht zu verstehen. 0 oder Entf entfernt sie, die Eingabetaste geht zur nächsten Spur mit einem nicht eingestuften Schritt.</translation>
        </message>
        <message>
            <source>the answer was checked: right</source>
            <translation>die Antwort wurde geprüft: richtig</translation>
        </message>
        <message>
            <source>the answer was checked: wrong</source>
            <translation>die Antwort wurde geprüft: falsch</translation>
        </message>
        <message>
            <source>{share} [{low}, {high}], {hits} of {n}</source>
            <translation>{share} [{low}, {high}], {hits} von {n}</translation>
        </message>
        <message>
            <source>Run {run}, node {node}</source>
            <translation>Lauf {run}, Knoten {node}</translation>
        </message>
        <message>
            <source>, rollout {number}</source>
            <translation>, Rollout {number}</translation>
        </message>
        <message>
            <source>answer {answer}</source>
            <translation>Antwort {answer}</translation>
        </message>
        <message>
            <source>✓ right</source>
            <translation>✓ richtig</translation>
        </message>
        <message>
            <source>Nobody has scored a step of this scope. Press “Score with…” to ask a model, or take a wider scope.</source>
            <translation>Niemand hat einen Schritt dieses Umfangs bewertet. „Bewerten mit…“ fragt ein Modell; oder einen größeren Umfang nehmen.</translation>
        </message>
        <message>
            <source>No menu can name {program}: its path is not UTF-8.</source>
            <translation>Kein Menü kann {program} nennen: Der Pfad ist kein UTF-8.</translation>
        </message>
        <message>
            <source>The icons cannot be drawn: {why}.</source>
            <translation>Die Symbole können nicht gezeichnet werden: {why}.</translation>
        </message>
        <message>
            <source>Espalier cannot be added here: {why}.</source>
            <translation>Espalier kann hier nicht aufgenommen werden: {why}.</translation>
        </message>
        <message>
            <source>Espalier cannot be removed here: {why}.</source>
            <translation>Espalier kann hier nicht entfernt werden: {why}.</translation>
        </message>
        <message>
            <source>There is no home folder for menu entries: set HOME.</source>
            <translation>Es gibt keinen persönlichen Ordner für Menüeinträge: HOME setzen.</translation>
        </message>
        <message>
            <source>Espalier is in the applications menu now, and session files open with it; the files are in {folder}.</source>
            <translation>Espalier steht jetzt im Anwendungsmenü, und Sitzungsdateien öffnen sich damit; die Dateien liegen in {folder}.</translation>
        </message>
        <message>
            <source>Espalier was in the applications menu already; the files are in {folder}.</source>
            <translation>Espalier stand schon im Anwendungsmenü; die Dateien liegen in {folder}.</translation>
        </message>
        <message>
            <source>Nothing was removed: Espalier has no menu entry in {folder}.</source>
            <translation>Nichts entfernt: Espalier hat keinen Menüeintrag in {folder}.</translation>
        </message>
        <message>
            <source>Espalier is out of the applications menu: {count} files were removed from {folder}.</source>
            <translation>Espalier steht nicht mehr im Anwendungsmenü: {count} Dateien wurden aus {folder} entfernt.</translation>
        </message>
        <message>
            <source>{tool} did not help ({why}), so the desktop may notice only when you log in again.</source>
            <translation>{tool} hat nicht geholfen ({why}); der Desktop merkt es vielleicht erst bei der nächsten Anmeldung.</translation>
        </message>
        <message>
            <source>Session files open with Espalier now.</source>
            <translation>Sitzungsdateien öffnen sich jetzt mit Espalier.</translation>
        </message>
        <message>
            <source>Session files open with Espalier already.</source>
            <translation>Sitzungsdateien öffnen sich schon mit Espalier.</translation>
        </message>
        <message>
            <source>Session files no longer open with Espalier.</source>
            <translation>Sitzungsdateien öffnen sich nicht mehr mit Espalier.</translation>
        </message>
        <message>
            <source>Nothing was removed: session files do not open with Espalier.</source>
            <translation>Nichts entfernt: Sitzungsdateien öffnen sich nicht mit Espalier.</translation>
        </message>
        <message>
            <source>Nothing is to be done on a Mac: it learns from Espalier.app itself which files that opens.</source>
            <translation>Auf einem Mac ist nichts zu tun: Er erfährt von Espalier.app selbst, welche Dateien es öffnet.</translation>
        </message>
        <message>
            <source>it is not installed</source>
            <translation>es ist nicht installiert</translation>
        </message>
        <message>
            <source>it ended with {status}</source>
            <translation>es endete mit {status}</translation>
        </message>
        <message>
            <source>Espalier draws a language model's search for an answer while it grows, and lets you stop it, step through it, see the arithmetic and keep it.</source>
            <translation>Espalier zeichnet, wie ein Sprachmodell nach einer Antwort sucht, während die Suche wächst. Sie lässt sich anhalten, Schritt für Schritt verfolgen, nachrechnen und aufbewahren.</translation>
        </message>
        <message>
            <source>Copy details</source>
            <translation>Einzelheiten kopieren</translation>
        </message>
        <message>
            <source>Versions, and what the doctor finds here; no session and no text of yours</source>
            <translation>Versionen und was „espalier doctor“ hier findet; keine Sitzung, kein eigener Text</translation>
        </message>
        <message>
            <source>Strategy</source>
            <translation>Strategie</translation>
        </message>
        <message>
            <source>Settings</source>
            <translation>Einstellungen</translation>
        </message>
        <message>
            <source>Verifiers</source>
            <translation>Prüfer</translation>
        </message>
        <message>
            <source>Budget</source>
            <translation>Budget</translation>
        </message>
        <message>
            <source>Used</source>
            <translation>Verbraucht</translation>
        </message>
        <message>
            <source>Solved</source>
            <translation>Gelöst</translation>
        </message>
        <message>
            <source>Problems</source>
            <translation>Aufgaben</translation>
        </message>
        <message>
            <source>Estimated from the chains of the run on screen: best from 16 or more, sampled by self-consistency or best of N.</source>
            <translation>Geschätzt aus den Ketten des gezeigten Laufs: am besten aus 16 oder mehr, gezogen mit Self-consistency oder Best of N.</translation>
        </message>
        <message>
            <source>Suggested strategy and budget</source>
            <translation>Vorschlag für Strategie und Budget</translation>
        </message>
        <message>
            <source>with the rule checker</source>
            <translation>mit der Regelprüfung</translation>
        </message>
        <message>
            <source>New run with this…</source>
            <translation>Neuer Lauf damit…</translation>
        </message>
        <message>
            <source>At most</source>
            <translation>Höchstens</translation>
        </message>
        <message>
            <source>any budget</source>
            <translation>beliebig viele Token</translation>
        </message>
        <message>
            <source> tokens</source>
            <translation> Token</translation>
        </message>
        <message>
            <source>Largest budget</source>
            <translation>Größtes Budget</translation>
        </message>
        <message>
            <source>Whether strategies may ask the exact rules of the problem</source>
            <translation>Ob Strategien die genauen Regeln der Aufgabe befragen dürfen</translation>
        </message>
        <message>
            <source>Strategies by what they solved of such problems</source>
            <translation>Strategien nach dem Anteil gelöster Aufgaben dieser Art</translation>
        </message>
        <message>
            <source>There is no run on screen.</source>
            <translation>Es wird kein Lauf gezeigt.</translation>
        </message>
        <message>
            <source>defaults</source>
            <translation>Vorgaben</translation>
        </message>
        <message>
            <source>none</source>
            <translation>keine</translation>
        </message>
        <message>
            <source>Ask for it</source>
            <translation>Beauftragen</translation>
        </message>
        <message>
            <source>Breakpoint</source>
            <translation>Haltepunkt</translation>
        </message>
        <message>
            <source>Pause when</source>
            <translation>Anhalten, wenn</translation>
        </message>
        <message>
            <source>Keep</source>
            <translation>Behalten</translation>
        </message>
        <message>
            <source>How Espalier ended</source>
            <translation>Wie Espalier endete</translation>
        </message>
        <message>
            <source>Nothing of this leaves your machine unless you copy it into a report. It names files, no contents.</source>
            <translation>Nichts davon verlässt diesen Rechner, außer es wird in einen Bericht kopiert. Es nennt Dateien, keine Inhalte.</translation>
        </message>
        <message>
            <source>Details</source>
            <translation>Einzelheiten</translation>
        </message>
        <message>
            <source>Export the session</source>
            <translation>Sitzung exportieren</translation>
        </message>
        <message>
            <source>Export the run</source>
            <translation>Lauf exportieren</translation>
        </message>
        <message>
            <source>Formats</source>
            <translation>Formate</translation>
        </message>
        <message>
            <source>Format</source>
            <translation>Format</translation>
        </message>
        <message>
            <source>What it is for</source>
            <translation>Zweck</translation>
        </message>
        <message>
            <source>All {count:,} runs of the session that are not private, in one file</source>
            <translation>Alle {count:,} nicht privaten Läufe der Sitzung in einer Datei</translation>
        </message>
        <message>
            <source>All {count:,} runs of the session in one file</source>
            <translation>Alle {count:,} Läufe der Sitzung in einer Datei</translation>
        </message>
        <message>
            <source>Choose a file…</source>
            <translation>Datei wählen…</translation>
        </message>
        <message>
            <source>A file of this format holds one run.</source>
            <translation>Eine Datei dieses Formats enthält einen Lauf.</translation>
        </message>
        <message>
            <source>Espalier sessions (*.espalier)</source>
            <translation>Espalier-Sitzungen (*.espalier)</translation>
        </message>
        <message>
            <source>Sessions, logs and datasets (*.espalier *.eval *.jsonl *.json *.ndjson *.graphml *.gexf *.csv *.txt *.log)</source>
            <translation>Sitzungen, Logs und Datensätze (*.espalier *.eval *.jsonl *.json *.ndjson *.graphml *.gexf *.csv *.txt *.log)</translation>
        </message>
        <message>
            <source>Logs, trees and datasets of others (*.eval *.jsonl *.json *.ndjson *.graphml *.gexf *.csv)</source>
            <translation>Fremde Logs, Bäume und Datensätze (*.eval *.jsonl *.json *.ndjson *.graphml *.gexf *.csv)</translation>
        </message>
        <message>
            <source>Traces and replies of servers (*.txt *.log *.md *.json *.jsonl *.ndjson *.sse)</source>
            <translation>Spuren und Antworten von Servern (*.txt *.log *.md *.json *.jsonl *.ndjson *.sse)</translation>
        </message>
        <message>
            <source>All files (*)</source>
            <translation>Alle Dateien (*)</translation>
        </message>
        <message>
            <source>Picture (*.png)</source>
            <translation>Bild (*.png)</translation>
        </message>
        <message>
            <source>Vector graphics (*.svg)</source>
            <translation>Vektorgrafik (*.svg)</translation>
        </message>
        <message>
            <source>Document (*.pdf)</source>
            <translation>Dokument (*.pdf)</translation>
        </message>
        <message>
            <source>Open a session or a file of others</source>
            <translation>Sitzung oder fremde Datei öffnen</translation>
        </message>
        <message>
            <source>Open a folder of others</source>
            <translation>Fremden Ordner öffnen</translation>
        </message>
        <message>
            <source>Open a trace</source>
            <translation>Spur öffnen</translation>
        </message>
        <message>
            <source>Save the session as</source>
            <translation>Sitzung speichern unter</translation>
        </message>
        <message>
            <source>Share a copy as</source>
            <translation>Kopie weitergeben als</translation>
        </message>
        <message>
            <source>Export the picture as</source>
            <translation>Bild exportieren als</translation>
        </message>
        <message>
            <source>Export the run as</source>
            <translation>Lauf exportieren als</translation>
        </message>
        <message>
            <source>Save the report as</source>
            <translation>Bericht speichern unter</translation>
        </message>
        <message>
            <source>Markdown (*.md)</source>
            <translation>Markdown (*.md)</translation>
        </message>
        <message>
            <source>Go to node</source>
            <translation>Gehe zu Knoten</translation>
        </message>
        <message>
            <source>For example: 17, or iteration 12</source>
            <translation>Zum Beispiel: 17 oder Iteration 12</translation>
        </message>
        <message>
            <source>Number of a step, or of an iteration</source>
            <translation>Nummer eines Schritts oder einer Iteration</translation>
        </message>
        <message>
            <source>The number of a step, or “iteration” and its number</source>
            <translation>Die Nummer eines Schritts, oder „Iteration“ und ihre Nummer</translation>
        </message>
        <message>
            <source>node</source>
            <translation>Knoten</translation>
        </message>
        <message>
            <source>iteration</source>
            <translation>Iteration</translation>
        </message>
        <message>
            <source>That is no number of a step, and not “iteration” and a number.</source>
            <translation>Das ist weder die Nummer eines Schritts noch „Iteration“ mit einer Nummer.</translation>
        </message>
        <message>
            <source>There is no step {number}.</source>
            <translation>Einen Schritt {number} gibt es nicht.</translation>
        </message>
        <message>
            <source>There is no iteration {number}.</source>
            <translation>Eine Iteration {number} gibt es nicht.</translation>
        </message>
        <message>
            <source>Insert a step</source>
            <translation>Schritt einfügen</translation>
        </message>
        <message>
            <source>The new step</source>
            <translation>Der neue Schritt</translation>
        </message>
        <message>
            <source>For example: {example}</source>
            <translation>Zum Beispiel: {example}</translation>
        </message>
        <message>
            <source>Insert</source>
            <translation>Einfügen</translation>
        </message>
        <message>
            <source>Licences</source>
            <translation>Lizenzen</translation>
        </message>
        <message>
            <source>Find by name or licence</source>
            <translation>Nach Name oder Lizenz suchen</translation>
        </message>
        <message>
            <source>Find a part</source>
            <translation>Einen Bestandteil suchen</translation>
        </message>
        <message>
            <source>Parts of this program</source>
            <translation>Bestandteile dieses Programms</translation>
        </message>
        <message>
            <source>Part</source>
            <translation>Bestandteil</translation>
        </message>
        <message>
            <source>Version</source>
            <translation>Version</translation>
        </message>
        <message>
            <source>Licence</source>
            <translation>Lizenz</translation>
        </message>
        <message>
            <source>Copy text</source>
            <translation>Text kopieren</translation>
        </message>
        <message>
            <source>Espalier stands on the work of others. Each part keeps its own licence.</source>
            <translation>Espalier baut auf der Arbeit anderer auf. Jeder Bestandteil behält seine eigene Lizenz.</translation>
        </message>
        <message>
            <source>The list of licences cannot be read: {error}</source>
            <translation>Die Liste der Lizenzen kann nicht gelesen werden: {error}</translation>
        </message>
        <message>
            <source>see its text</source>
            <translation>siehe Text</translation>
        </message>
        <message>
            <source>Texts of this part</source>
            <translation>Texte dieses Bestandteils</translation>
        </message>
        <message>
            <source>Licence text</source>
            <translation>Lizenztext</translation>
        </message>
        <message>
            <source>Nothing found</source>
            <translation>Nichts gefunden</translation>
        </message>
        <message>
            <source>This part was installed without a text of its licence.</source>
            <translation>Dieser Bestandteil wurde ohne Lizenztext installiert.</translation>
        </message>
        <message>
            <source>The text cannot be read: {error}</source>
            <translation>Der Text kann nicht gelesen werden: {error}</translation>
        </message>
        <message>
            <source>Seed</source>
            <translation>Startwert</translation>
        </message>
        <message>
            <source>The same plan with the same seed gives the same run.</source>
            <translation>Derselbe Plan mit demselben Startwert ergibt denselben Lauf.</translation>
        </message>
        <message>
            <source>no limit of tokens</source>
            <translation>ohne Tokengrenze</translation>
        </message>
        <message>
            <source>Budget of tokens</source>
            <translation>Budget an Token</translation>
        </message>
        <message>
            <source>no limit of time</source>
            <translation>ohne Zeitgrenze</translation>
        </message>
        <message>
            <source>Budget of time</source>
            <translation>Zeitbudget</translation>
        </message>
        <message>
            <source> s</source>
            <translation> s</translation>
        </message>
        <message>
            <source>Model folder or server of the policy</source>
            <translation>Modellordner oder Server der Policy</translation>
        </message>
        <message>
            <source>Choose folder…</source>
            <translation>Ordner wählen…</translation>
        </message>
        <message>
            <source>Go on with run {run}</source>
            <translation>Lauf {run} weiterführen</translation>
        </message>
        <message>
            <source>How many more</source>
            <translation>Wie viele weitere</translation>
        </message>
        <message>
            <source>And at most</source>
            <translation>Und höchstens</translation>
        </message>
        <message>
            <source>It goes on with the same stream of random numbers: what comes is what would have come at once.</source>
            <translation>Der Lauf geht mit derselben Folge von Zufallszahlen weiter: was kommt, wäre auch in einem Zug gekommen.</translation>
        </message>
        <message>
            <source>What a search has done cannot be undone; the timeline keeps the moment before it.</source>
            <translation>Was eine Suche getan hat, lässt sich nicht rückgängig machen; die Zeitleiste behält den Augenblick davor.</translation>
        </message>
        <message>
            <source>simulations</source>
            <translation>Simulationen</translation>
        </message>
        <message>
            <source>So far: {cost}.</source>
            <translation>Bisher: {cost}.</translation>
        </message>
        <message>
            <source>{done} {total:,} {unit} in all; the rest about {tokens:,} tokens and {seconds:,.0f} s.</source>
            <translation>{done} Insgesamt {total:,} {unit}; der Rest etwa {tokens:,} Token und {seconds:,.0f} s.</translation>
        </message>
        <message>
            <source>New run</source>
            <translation>Neuer Lauf</translation>
        </message>
        <message>
            <source>About this strategy</source>
            <translation>Über diese Strategie</translation>
        </message>
        <message>
            <source>What it does, its paper, its formula and all its settings (F1)</source>
            <translation>Was sie tut, ihr Artikel, ihre Formel und alle Einstellungen (F1)</translation>
        </message>
        <message>
            <source>A Hugging Face model folder, or an OpenAI-compatible server such as http://localhost:8000/v1#MODEL, whose key, if it wants one, stands in the environment variable ESPALIER_API_KEY; empty for the bundled model.</source>
            <translation>Ein Modellordner von Hugging Face oder ein OpenAI-kompatibler Server wie http://localhost:8000/v1#MODEL; verlangt er einen Schlüssel, steht dieser in der Umgebungsvariablen ESPALIER_API_KEY. Leer: das mitgelieferte Modell.</translation>
        </message>
        <message>
            <source>bundled</source>
            <translation>mitgeliefert</translation>
        </message>
        <message>
            <source>Start paused, to step through it</source>
            <translation>Angehalten starten, zum schrittweisen Verfolgen</translation>
        </message>
        <message>
            <source>Policy</source>
            <translation>Policy</translation>
        </message>
        <message>
            <source>Text of the problem. {hint}</source>
            <translation>Text der Aufgabe. {hint}</translation>
        </message>
        <message>
            <source>Note of node {node}</source>
            <translation>Notiz zu Knoten {node}</translation>
        </message>
        <message>
            <source>Note</source>
            <translation>Notiz</translation>
        </message>
        <message>
            <source>What there is to say about this step. An empty note is none.</source>
            <translation>Was zu diesem Schritt zu sagen ist. Eine leere Notiz ist keine.</translation>
        </message>
        <message>
            <source>Keep the note (Ctrl+Enter)</source>
            <translation>Die Notiz behalten (Strg+Eingabe)</translation>
        </message>
        <message>
            <source>What was odd</source>
            <translation>Auffälliges</translation>
        </message>
        <message>
            <source>Where</source>
            <translation>Wo</translation>
        </message>
        <message>
            <source>Begins with</source>
            <translation>Beginnt mit</translation>
        </message>
        <message>
            <source>Copy as text</source>
            <translation>Als Text kopieren</translation>
        </message>
        <message>
            <source>Everything else of the file was taken as it is. A session made of it keeps this list as a note.</source>
            <translation>Alles andere der Datei wurde übernommen, wie es ist. Eine Sitzung daraus behält diese Liste als Notiz.</translation>
        </message>
        <message>
            <source>As the desktop</source>
            <translation>Wie das System</translation>
        </message>
        <message>
            <source>Light</source>
            <translation>Hell</translation>
        </message>
        <message>
            <source>Dark</source>
            <translation>Dunkel</translation>
        </message>
        <message>
            <source>The language changes when Espalier is started again.</source>
            <translation>Die Sprache wechselt beim nächsten Start von Espalier.</translation>
        </message>
        <message>
            <source>Preferences</source>
            <translation>Einstellungen</translation>
        </message>
        <message>
            <source>Look</source>
            <translation>Aussehen</translation>
        </message>
        <message>
            <source>Text size</source>
            <translation>Schriftgröße</translation>
        </message>
        <message>
            <source>Language</source>
            <translation>Sprache</translation>
        </message>
        <message>
            <source>Keys</source>
            <translation>Tasten</translation>
        </message>
        <message>
            <source>Of panels and menus. Cards in the tree are zoomed with Ctrl and the wheel.</source>
            <translation>Von Bereichen und Menüs. Karten im Baum wachsen mit Strg und dem Mausrad.</translation>
        </message>
        <message>
            <source>Start with the welcome page</source>
            <translation>Mit der Willkommensseite starten</translation>
        </message>
        <message>
            <source>Otherwise the session that was open last is opened</source>
            <translation>Sonst wird die zuletzt offene Sitzung geöffnet</translation>
        </message>
        <message>
            <source>Of the window. What the engine and the models say, and the help pages of strategies, stay English.</source>
            <translation>Des Fensters. Was Engine und Modelle sagen und die Hilfeseiten der Strategien bleiben englisch.</translation>
        </message>
        <message>
            <source>Probe this thought</source>
            <translation>Gedankengang sondieren</translation>
        </message>
        <message>
            <source>Tick at least one probe.</source>
            <translation>Mindestens eine Sonde ankreuzen.</translation>
        </message>
        <message>
            <source>Probes</source>
            <translation>Sonden</translation>
        </message>
        <message>
            <source>Let the model think first, and ask about that thought</source>
            <translation>Das Modell erst nachdenken lassen und diesen Gedankengang befragen</translation>
        </message>
        <message>
            <source>Its own new thought about the same problem takes the place of this trace</source>
            <translation>Ein eigener neuer Gedankengang zur selben Aufgabe tritt an die Stelle dieser Spur</translation>
        </message>
        <message>
            <source>The model that is asked; empty for the one of the run.</source>
            <translation>Das Modell, das gefragt wird; leer: das des Laufs.</translation>
        </message>
        <message>
            <source>Budget, shared</source>
            <translation>Budget, gemeinsam</translation>
        </message>
        <message>
            <source>What it will cost cannot be said before the model has thought.</source>
            <translation>Die Kosten stehen erst fest, wenn das Modell nachgedacht hat.</translation>
        </message>
        <message>
            <source>About {least} minutes at the pace of run {run}.</source>
            <translation>Etwa {least} Minuten beim Tempo von Lauf {run}.</translation>
        </message>
        <message>
            <source>About {least} to {most} minutes at the pace of run {run}; what is drawn is shown meanwhile.</source>
            <translation>Etwa {least} bis {most} Minuten beim Tempo von Lauf {run}; Gezogenes wird inzwischen gezeigt.</translation>
        </message>
        <message>
            <source>Or less: samples are drawn side by side.</source>
            <translation>Oder weniger: Stichproben werden nebeneinander gezogen.</translation>
        </message>
        <message>
            <source>{samples:,} samples at {places:,} places, about {tokens:,} tokens to be written.</source>
            <translation>{samples:,} Stichproben an {places:,} Stellen, etwa {tokens:,} Token zu schreiben.</translation>
        </message>
        <message>
            <source>{samples:,} to {most:,} samples at {places:,} places, as many as it takes to be clear: about {tokens:,} to {most_tokens:,} tokens to be written.</source>
            <translation>{samples:,} bis {most:,} Stichproben an {places:,} Stellen, so viele wie nötig, bis es klar ist: etwa {tokens:,} bis {most_tokens:,} Token zu schreiben.</translation>
        </message>
        <message>
            <source>The trace of {place} holds no thought to be probed. The model can think first.</source>
            <translation>Die Spur von {place} enthält keinen Gedankengang zum Sondieren. Das Modell kann erst nachdenken.</translation>
        </message>
        <message>
            <source>The trace of {place}: {hidden:,} characters of thought, {exposed:,} shown. {problem}</source>
            <translation>Die Spur von {place}: {hidden:,} Zeichen Gedankengang, {exposed:,} gezeigt. {problem}</translation>
        </message>
        <message>
            <source>It was read from a file: the policy below is asked about it, whoever wrote it.</source>
            <translation>Sie stammt aus einer Datei: die Policy unten wird dazu gefragt, wer auch immer sie schrieb.</translation>
        </message>
        <message>
            <source>Score of node {node}</source>
            <translation>Bewertung von Knoten {node}</translation>
        </message>
        <message>
            <source>Take it away</source>
            <translation>Entfernen</translation>
        </message>
        <message>
            <source>Let the verifiers' word stand again</source>
            <translation>Wieder gelten lassen, was die Prüfer sagen</translation>
        </message>
        <message>
            <source>Set</source>
            <translation>Setzen</translation>
        </message>
        <message>
            <source>From {low:g} to {high:g}. It stands before what verifiers say, and the search reads it.</source>
            <translation>Von {low:g} bis {high:g}. Sie geht den Prüfern vor, und die Suche liest sie.</translation>
        </message>
        <message>
            <source>Choose a scorer</source>
            <translation>Bewerter wählen</translation>
        </message>
        <message>
            <source>Choose</source>
            <translation>Wählen</translation>
        </message>
        <message>
            <source>A value is written NAME=VALUE, not {text}.</source>
            <translation>Ein Wert wird als NAME=WERT geschrieben, nicht als {text}.</translation>
        </message>
        <message>
            <source>A value cannot hold a semicolon: it would end there.</source>
            <translation>Ein Wert kann kein Semikolon enthalten: er würde dort enden.</translation>
        </message>
        <message>
            <source>Used before</source>
            <translation>Schon benutzt</translation>
        </message>
        <message>
            <source>Used before…</source>
            <translation>Schon benutzt…</translation>
        </message>
        <message>
            <source>Kind of scorer</source>
            <translation>Art des Bewerters</translation>
        </message>
        <message>
            <source>Folder of the model</source>
            <translation>Ordner des Modells</translation>
        </message>
        <message>
            <source>What it scores</source>
            <translation>Was er bewertet</translation>
        </message>
        <message>
            <source>whole answers</source>
            <translation>ganze Antworten</translation>
        </message>
        <message>
            <source>Recipe</source>
            <translation>Rezept</translation>
        </message>
        <message>
            <source>Separator</source>
            <translation>Trennzeichen</translation>
        </message>
        <message>
            <source>What stands between two steps; \n is a line break</source>
            <translation>Was zwischen zwei Schritten steht; \n ist ein Zeilenumbruch</translation>
        </message>
        <message>
            <source>Folder of the reference model</source>
            <translation>Ordner des Referenzmodells</translation>
        </message>
        <message>
            <source>Other values</source>
            <translation>Andere Werte</translation>
        </message>
        <message>
            <source>What is different from the recipe: NAME=VALUE, with semicolons between</source>
            <translation>Was vom Rezept abweicht: NAME=WERT, mit Semikolons dazwischen</translation>
        </message>
        <message>
            <source>Folder</source>
            <translation>Ordner</translation>
        </message>
        <message>
            <source>It scores</source>
            <translation>Bewertet</translation>
        </message>
        <message>
            <source>Reference model</source>
            <translation>Referenzmodell</translation>
        </message>
        <message>
            <source>Name</source>
            <translation>Name</translation>
        </message>
        <message>
            <source>found by itself</source>
            <translation>wird selbst gefunden</translation>
        </message>
        <message>
            <source>ProcessBench's prompt</source>
            <translation>Prompt von ProcessBench</translation>
        </message>
        <message>
            <source>Folder or server</source>
            <translation>Ordner oder Server</translation>
        </message>
        <message>
            <source>the run's own model</source>
            <translation>das Modell des Laufs</translation>
        </message>
        <message>
            <source>By its files: {title}</source>
            <translation>Nach den Dateien: {title}</translation>
        </message>
        <message>
            <source>Found when it is loaded.</source>
            <translation>Zeigt sich beim Laden.</translation>
        </message>
        <message>
            <source>Score traces with</source>
            <translation>Spuren bewerten mit</translation>
        </message>
        <message>
            <source>Score traces</source>
            <translation>Spuren bewerten</translation>
        </message>
        <message>
            <source>Share a copy</source>
            <translation>Kopie weitergeben</translation>
        </message>
        <message>
            <source>A copy of {name} for others. What is ticked is left out of it, and is nowhere in its bytes; your session stays as it is.</source>
            <translation>Eine Kopie von {name} für andere. Was angehakt ist, wird weggelassen und steht nirgends in ihren Bytes; die Sitzung selbst bleibt, wie sie ist.</translation>
        </message>
        <message>
            <source>Zoom at the pointer</source>
            <translation>Am Mauszeiger zoomen</translation>
        </message>
        <message>
            <source>Ctrl+wheel</source>
            <translation>Strg+Mausrad</translation>
        </message>
        <message>
            <source>Pan</source>
            <translation>Verschieben</translation>
        </message>
        <message>
            <source>drag between the cards</source>
            <translation>zwischen den Karten ziehen</translation>
        </message>
        <message>
            <source>Larger or smaller text in a text field</source>
            <translation>Größerer oder kleinerer Text in einem Textfeld</translation>
        </message>
        <message>
            <source>Ctrl++, Ctrl+-, Ctrl+0</source>
            <translation>Strg++, Strg+-, Strg+0</translation>
        </message>
        <message>
            <source>Anywhere</source>
            <translation>Überall</translation>
        </message>
        <message>
            <source>In views</source>
            <translation>In Ansichten</translation>
        </message>
        <message>
            <source>Keys and commands</source>
            <translation>Tasten und Befehle</translation>
        </message>
        <message>
            <source>Find by name, key or what it does</source>
            <translation>Nach Name, Taste oder Wirkung suchen</translation>
        </message>
        <message>
            <source>Find a command</source>
            <translation>Befehl suchen</translation>
        </message>
        <message>
            <source>Reset all keys</source>
            <translation>Alle Tasten zurücksetzen</translation>
        </message>
        <message>
            <source>Give every command its own keys back</source>
            <translation>Jedem Befehl seine eigenen Tasten zurückgeben</translation>
        </message>
        <message>
            <source>Copy list</source>
            <translation>Liste kopieren</translation>
        </message>
        <message>
            <source>Reset</source>
            <translation>Zurücksetzen</translation>
        </message>
        <message>
            <source>Give this command its own keys back</source>
            <translation>Diesem Befehl seine eigenen Tasten zurückgeben</translation>
        </message>
        <message>
            <source>Add a key</source>
            <translation>Taste hinzufügen</translation>
        </message>
        <message>
            <source>{key} is its key already.</source>
            <translation>{key} ist schon seine Taste.</translation>
        </message>
        <message>
            <source>{key} is the key of “{title}”.</source>
            <translation>{key} ist die Taste von „{title}“.</translation>
        </message>
        <message>
            <source>Take it from “{title}”</source>
            <translation>„{title}“ wegnehmen</translation>
        </message>
        <message>
            <source>Choose a command to see its keys.</source>
            <translation>Einen Befehl wählen, um seine Tasten zu sehen.</translation>
        </message>
        <message>
            <source>Take this key away</source>
            <translation>Diese Taste wegnehmen</translation>
        </message>
        <message>
            <source>Take the key {key} away</source>
            <translation>Die Taste {key} wegnehmen</translation>
        </message>
        <message>
            <source>Press the key to add</source>
            <translation>Die neue Taste drücken</translation>
        </message>
        <message>
            <source>Press a key</source>
            <translation>Taste drücken</translation>
        </message>
        <message>
            <source>Commands and their keys</source>
            <translation>Befehle und ihre Tasten</translation>
        </message>
        <message>
            <source>Command</source>
            <translation>Befehl</translation>
        </message>
        <message>
            <source>What it does</source>
            <translation>Was er tut</translation>
        </message>
        <message>
            <source>{key} works while the tree or a panel has the focus, not while you type.</source>
            <translation>{key} wirkt, solange der Baum oder ein Bereich den Fokus hat, nicht beim Schreiben.</translation>
        </message>
        <message>
            <source>Strategies</source>
            <translation>Strategien</translation>
        </message>
        <message>
            <source>About the strategy</source>
            <translation>Über die Strategie</translation>
        </message>
        <message>
            <source>Copy page</source>
            <translation>Seite kopieren</translation>
        </message>
        <message>
            <source>Formula</source>
            <translation>Formel</translation>
        </message>
        <message>
            <source>Other scorer…</source>
            <translation>Anderer Bewerter…</translation>
        </message>
        <message>
            <source>A reward model of your own in place of the bundled one, and how it is read</source>
            <translation>Ein eigenes Reward-Modell statt des mitgelieferten, und wie es gelesen wird</translation>
        </message>
        <message>
            <source>{kind}: {name}</source>
            <translation>{kind}: {name}</translation>
        </message>
        <message>
            <source>This is too much for the engine: {error}.</source>
            <translation>Das ist zu viel für die Engine: {error}.</translation>
        </message>
        <message>
            <source>The engine was ended.</source>
            <translation>Die Engine wurde beendet.</translation>
        </message>
        <message>
            <source>The engine was ended because it did not answer properly: {error}.</source>
            <translation>Die Engine wurde beendet, weil sie nicht richtig antwortete: {error}.</translation>
        </message>
        <message>
            <source>The engine could not be started: {error} ({program}).</source>
            <translation>Die Engine ließ sich nicht starten: {error} ({program}).</translation>
        </message>
        <message>
            <source>killed by signal {code}</source>
            <translation>durch Signal {code} beendet</translation>
        </message>
        <message>
            <source>exit code {code}</source>
            <translation>Rückgabewert {code}</translation>
        </message>
        <message>
            <source>this processor lacks an instruction that PyTorch needs</source>
            <translation>diesem Prozessor fehlt ein Befehl, den PyTorch braucht</translation>
        </message>
        <message>
            <source>, in the middle of a message</source>
            <translation>, mitten in einer Nachricht</translation>
        </message>
        <message>
            <source>The engine stopped unexpectedly ({how}{where}).</source>
            <translation>Die Engine hielt unerwartet an ({how}{where}).</translation>
        </message>
        <message>
            <source>Open what was read</source>
            <translation>Gelesenes öffnen</translation>
        </message>
        <message>
            <source>Nothing of {file} was kept.</source>
            <translation>Von {file} wurde nichts behalten.</translation>
        </message>
        <message>
            <source>Open it</source>
            <translation>Öffnen</translation>
        </message>
        <message>
            <source>{file} holds nothing that could be read.</source>
            <translation>{file} enthält nichts Lesbares.</translation>
        </message>
        <message>
            <source>Reading {file} ({format}) was stopped after {records:,} records: what was read is a new session.</source>
            <translation>Das Lesen von {file} ({format}) wurde nach Eintrag {records:,} abgebrochen: das Gelesene ist eine neue Sitzung.</translation>
        </message>
        <message>
            <source>{file} ({format}) is a run of a new session.</source>
            <translation>{file} ({format}) ist ein Lauf einer neuen Sitzung.</translation>
        </message>
        <message>
            <source>{runs:,} of {records:,} records of {file} ({format}) are runs of a new session.</source>
            <translation>{runs:,} von {records:,} Einträgen aus {file} ({format}) sind Läufe einer neuen Sitzung.</translation>
        </message>
        <message>
            <source>{file}: {done:,} of {total:,} records of {format} are read…</source>
            <translation>{file}: {done:,} von {total:,} Einträgen ({format}) sind gelesen…</translation>
        </message>
        <message>
            <source>{file}: the file is read, and {checked:.0%} of a run put together…</source>
            <translation>{file}: die Datei ist gelesen, ein Lauf zu {checked:.0%} zusammengesetzt…</translation>
        </message>
        <message>
            <source>{file}: {done:,} records of {format} are read…</source>
            <translation>{file}: {done:,} Einträge ({format}) sind gelesen…</translation>
        </message>
        <message>
            <source>{file}: {share:.0%} of the file is read…</source>
            <translation>{file}: {share:.0%} der Datei sind gelesen…</translation>
        </message>
        <message>
            <source>samples</source>
            <translation>Stichproben</translation>
        </message>
        <message>
            <source>visits</source>
            <translation>Besuche</translation>
        </message>
        <message>
            <source>Run {run} is under way: stop it, then go on with this one.</source>
            <translation>Lauf {run} ist im Gang: zuerst beenden, dann diesen weiterführen.</translation>
        </message>
        <message>
            <source>There is no run to go on with.</source>
            <translation>Es gibt keinen Lauf, der weitergehen könnte.</translation>
        </message>
        <message>
            <source>End tour</source>
            <translation>Rundgang beenden</translation>
        </message>
        <message>
            <source>{place} of {stops}</source>
            <translation>{place} von {stops}</translation>
        </message>
        <message>
            <source>Done</source>
            <translation>Fertig</translation>
        </message>
        <message>
            <source>Next</source>
            <translation>Weiter</translation>
        </message>
        <message>
            <source>Below, a small model looks for 24 from 4, 9, 10 and 13; each card is a step it wrote. Space pauses it.</source>
            <translation>Unten sucht ein kleines Modell 24 aus 4, 9, 10 und 13; jede Karte ist ein Schritt von ihm. Die Leertaste hält es an.</translation>
        </message>
        <message>
            <source>Below, a small model has looked for 24 from 4, 9, 10 and 13; each card is a step it wrote.</source>
            <translation>Unten hat ein kleines Modell 24 aus 4, 9, 10 und 13 gesucht; jede Karte ist ein Schritt von ihm.</translation>
        </message>
        <message>
            <source>The sample cannot be copied: {error}</source>
            <translation>Das Beispiel lässt sich nicht kopieren: {error}</translation>
        </message>
        <message>
            <source>MCTS finds 24</source>
            <translation>MCTS findet 24</translation>
        </message>
        <message>
            <source>From 4, 9, 10 and 13, by 64 simulations</source>
            <translation>Aus 4, 9, 10 und 13, mit 64 Simulationen</translation>
        </message>
        <message>
            <source>Beam search</source>
            <translation>Beam-Suche</translation>
        </message>
        <message>
            <source>Against best-of-N, on 3, 3, 8 and 8</source>
            <translation>Gegen Best-of-N, mit 3, 3, 8 und 8</translation>
        </message>
        <message>
            <source>A thought</source>
            <translation>Ein Gedanke</translation>
        </message>
        <message>
            <source>It found no way, and showed one</source>
            <translation>Es fand keinen Weg und zeigte einen</translation>
        </message>
        <message>
            <source>A vote</source>
            <translation>Eine Abstimmung</translation>
        </message>
        <message>
            <source>Self-consistency, and where it goes wrong</source>
            <translation>Self-consistency, und wo sie sich irrt</translation>
        </message>
        <message>
            <source>A search is a tree</source>
            <translation>Eine Suche ist ein Baum</translation>
        </message>
        <message>
            <source>A small model looked for a way to make 24 from 4, 9, 10 and 13. Every card is a step it wrote; each branch is another way to go on. The amber trace led to the answer.</source>
            <translation>Ein kleines Modell suchte einen Weg, aus 4, 9, 10 und 13 die 24 zu machen. Jede Karte ist ein Schritt von ihm, jeder Zweig ein anderer Weg. Die bernsteinfarbene Spur führte zur Antwort.</translation>
        </message>
        <message>
            <source>A card in figures</source>
            <translation>Eine Karte in Zahlen</translation>
        </message>
        <message>
            <source>N says how often the search came by, Q how good that was in the mean, P how likely the model found the step. Click a card to select it; double-click folds what is behind it.</source>
            <translation>N sagt, wie oft die Suche vorbeikam, Q, wie gut das im Mittel war, P, für wie wahrscheinlich das Modell den Schritt hielt. Ein Klick wählt eine Karte aus, ein Doppelklick klappt ein, was dahinter steht.</translation>
        </message>
        <message>
            <source>The inspector</source>
            <translation>Der Inspektor</translation>
        </message>
        <message>
            <source>All about the selected step: its text, its scores and who gave them, the tokens with their alternatives, and its children in a table.</source>
            <translation>Alles über den gewählten Schritt: sein Text, seine Bewertungen und von wem, die Token mit ihren Alternativen und die Kinder als Tabelle.</translation>
        </message>
        <message>
            <source>The timeline</source>
            <translation>Die Zeitleiste</translation>
        </message>
        <message>
            <source>Nothing is lost: a run is the list of its events. Drag here to go back to any moment. We are at a third of the run now, and the tree is as small as it was.</source>
            <translation>Nichts geht verloren: ein Lauf ist die Liste seiner Ereignisse. Ziehen führt hier zu jedem Augenblick zurück. Jetzt ist ein Drittel des Laufs zu sehen, und der Baum ist so klein wie damals.</translation>
        </message>
        <message>
            <source>Four phases</source>
            <translation>Vier Phasen</translation>
        </message>
        <message>
            <source>Selection, expansion, simulation, backpropagation: the bar says which one has just been done. Step through them with the full stop; the inspector shows the arithmetic of a selection as it happened.</source>
            <translation>Selektion, Expansion, Simulation, Backpropagation: die Leiste sagt, welche eben getan wurde. Der Punkt geht zur nächsten; der Inspektor zeigt die Rechnung einer Selektion, wie sie war.</translation>
        </message>
        <message>
            <source>The outline</source>
            <translation>Die Gliederung</translation>
        </message>
        <message>
            <source>The same tree as a list, for reading and for the keyboard. What you select here is selected everywhere.</source>
            <translation>Derselbe Baum als Liste, zum Lesen und für die Tastatur. Was hier ausgewählt wird, ist überall ausgewählt.</translation>
        </message>
        <message>
            <source>The scores</source>
            <translation>Die Bewertungen</translation>
        </message>
        <message>
            <source>What the reward model thought of each step on the way to the selected one. A fall marks the step at which a trace went wrong.</source>
            <translation>Was das Reward-Modell von jedem Schritt auf dem Weg zum gewählten hielt. Ein Abfall markiert den Schritt, bei dem eine Spur fehlging.</translation>
        </message>
        <message>
            <source>The PRM desk asks whether such a model can be believed: every step's score beside what a solver says, and beside what you say. Good, neutral, bad are the keys 1, 2, 3; Ctrl+J opens it.</source>
            <translation>Das PRM-Pult fragt, ob einem solchen Modell zu glauben ist: die Bewertung jedes Schritts neben dem, was ein Löser sagt, und neben der eigenen Einstufung. Gut, neutral, schlecht sind die Tasten 1, 2, 3; Strg+J öffnet es.</translation>
        </message>
        <message>
            <source>Run, pause, step</source>
            <translation>Starten, anhalten, einzeln gehen</translation>
        </message>
        <message>
            <source>While a search runs, Space pauses it, F10 does one phase and F11 one iteration. You may prune branches or insert steps of your own, and let it go on.</source>
            <translation>Während eine Suche läuft, hält die Leertaste sie an, F10 tut eine Phase und F11 eine Iteration. Zweige lassen sich kappen und eigene Schritte einfügen, dann geht es weiter.</translation>
        </message>
        <message>
            <source>Hidden and exposed</source>
            <translation>Verborgen und gezeigt</translation>
        </message>
        <message>
            <source>Another run: here the model thought before it answered. At the left what it thought, at the right what it showed, claim by claim. The thought ends in “I found no way”; the answer says nothing of it.</source>
            <translation>Ein anderer Lauf: hier dachte das Modell nach, bevor es antwortete. Links, was es dachte, rechts, was es zeigte, Aussage für Aussage. Der Gedankengang endet mit „I found no way“; die Antwort sagt davon nichts.</translation>
        </message>
        <message>
            <source>Find anything</source>
            <translation>Alles finden</translation>
        </message>
        <message>
            <source>Ctrl+K finds steps by their text; a &gt; before it finds commands. F1 lists all keys. New run, in the menu File, takes a problem of your own.</source>
            <translation>Strg+K findet Schritte nach ihrem Text, mit &gt; davor Befehle. F1 zeigt alle Tasten. „Neuer Lauf“ im Menü „Datei“ nimmt eine eigene Aufgabe.</translation>
        </message>
        <message>
            <source>Show at start</source>
            <translation>Beim Start zeigen</translation>
        </message>
        <message>
            <source>Show this page at every start; Help brings it back at any time</source>
            <translation>Diese Seite bei jedem Start zeigen; über die Hilfe ist sie jederzeit wieder da</translation>
        </message>
        <message>
            <source>Take the tour (2 minutes)</source>
            <translation>Rundgang machen (2 Minuten)</translation>
        </message>
        <message>
            <source>Look at a search that was recorded, or start one of your own.</source>
            <translation>Eine aufgezeichnete Suche ansehen oder eine eigene starten.</translation>
        </message>
        <message>
            <source>Welcome to Espalier</source>
            <translation>Willkommen bei Espalier</translation>
        </message>
        <message>
            <source>Open recent</source>
            <translation>Zuletzt geöffnet</translation>
        </message>
        <message>
            <source>Close the welcome page</source>
            <translation>Willkommensseite schließen</translation>
        </message>
        <message>
            <source>Close the welcome page (Esc)</source>
            <translation>Willkommensseite schließen (Esc)</translation>
        </message>
        <message>
            <source>Recent</source>
            <translation>Zuletzt</translation>
        </message>
        <message>
            <source>{line}. Opens as a copy of your own.</source>
            <translation>{line}. Öffnet sich als eigene Kopie.</translation>
        </message>
        <message>
            <source>The engine reads what run {run} has done: {done:,} of {total:,} events…</source>
            <translation>Die Engine liest, was Lauf {run} getan hat: {done:,} von {total:,} Ereignissen…</translation>
        </message>
        <message>
            <source>prune of {nodes}</source>
            <translation>Kappen von {nodes}</translation>
        </message>
        <message>
            <source>restoring of {nodes}</source>
            <translation>Wiederherstellen von {nodes}</translation>
        </message>
        <message>
            <source>insertion of {nodes}</source>
            <translation>Einfügen von {nodes}</translation>
        </message>
        <message>
            <source>bookmark of node {node}</source>
            <translation>Lesezeichen bei Knoten {node}</translation>
        </message>
        <message>
            <source>removal of the bookmark of node {node}</source>
            <translation>Entfernen des Lesezeichens bei Knoten {node}</translation>
        </message>
        <message>
            <source>removal of the score by hand of node {node}</source>
            <translation>Entfernen der eigenen Bewertung von Knoten {node}</translation>
        </message>
        <message>
            <source>score {value:.4g} of node {node}</source>
            <translation>Bewertung {value:.4g} von Knoten {node}</translation>
        </message>
        <message>
            <source>removal of the run's name</source>
            <translation>Entfernen des Namens des Laufs</translation>
        </message>
        <message>
            <source>name “{name}” of the run</source>
            <translation>Name „{name}“ des Laufs</translation>
        </message>
        <message>
            <source>keeping the run private</source>
            <translation>Kennzeichnen des Laufs als privat</translation>
        </message>
        <message>
            <source>keeping the run private no longer</source>
            <translation>Aufheben von „privat“</translation>
        </message>
        <message>
            <source>{task}, done again</source>
            <translation>{task}, wiederholt</translation>
        </message>
        <message>
            <source>{task}, taken back</source>
            <translation>{task}, zurückgenommen</translation>
        </message>
        <message>
            <source>removal of later scores by {scorer}</source>
            <translation>Entfernen der Nachbewertung durch {scorer}</translation>
        </message>
        <message>
            <source>later scores by {scorer}</source>
            <translation>Nachbewertung durch {scorer}</translation>
        </message>
        <message>
            <source>removal of the note of node {node}</source>
            <translation>Entfernen der Notiz zu Knoten {node}</translation>
        </message>
        <message>
            <source>change of the note of node {node}</source>
            <translation>Ändern der Notiz zu Knoten {node}</translation>
        </message>
        <message>
            <source>note of node {node}</source>
            <translation>Notiz zu Knoten {node}</translation>
        </message>
        <message>
            <source>boundary between hidden and exposed, trace to node {node}</source>
            <translation>Grenze zwischen verborgen und gezeigt, Spur bis Knoten {node}</translation>
        </message>
        <message>
            <source>boundary as it was found, trace to node {node}</source>
            <translation>Grenze wie gefunden, Spur bis Knoten {node}</translation>
        </message>
        <message>
            <source>label “{label}” of a step, trace to node {node}</source>
            <translation>Etikett „{label}“ eines Schritts, Spur bis Knoten {node}</translation>
        </message>
        <message>
            <source>removal of the label of a step, trace to node {node}</source>
            <translation>Entfernen des Etiketts eines Schritts, Spur bis Knoten {node}</translation>
        </message>
        <message>
            <source>rating “{rating}” of node {node}</source>
            <translation>Einstufung „{rating}“ von Knoten {node}</translation>
        </message>
        <message>
            <source>removal of the rating of node {node}</source>
            <translation>Entfernen der Einstufung von Knoten {node}</translation>
        </message>
        <message>
            <source>verdict on sample {number} of node {node}</source>
            <translation>Befund zu Stichprobe {number} von Knoten {node}</translation>
        </message>
        <message>
            <source>removal of the verdict on sample {number} of node {node}</source>
            <translation>Entfernen des Befunds zu Stichprobe {number} von Knoten {node}</translation>
        </message>
        <message>
            <source>The end of this run cannot be read, so nothing can be added to it.</source>
            <translation>Das Ende dieses Laufs ist nicht lesbar, also kann nichts hinzugefügt werden.</translation>
        </message>
        <message>
            <source>The window stays open so that nothing is lost.</source>
            <translation>Das Fenster bleibt offen, damit nichts verloren geht.</translation>
        </message>
        <message>
            <source>Close anyway</source>
            <translation>Trotzdem schließen</translation>
        </message>
        <message>
            <source>step tag</source>
            <translation>Schrittmarke</translation>
        </message>
        <message>
            <source>label</source>
            <translation>Label</translation>
        </message>
        <message>
            <source>end of turn</source>
            <translation>Ende eines Beitrags</translation>
        </message>
        <message>
            <source>thinking</source>
            <translation>Denken</translation>
        </message>
        <message>
            <source>chat</source>
            <translation>Chat</translation>
        </message>
        <message>
            <source>its own</source>
            <translation>eigenes</translation>
        </message>
        <message>
            <source>typed</source>
            <translation>getippt</translation>
        </message>
        <message>
            <source>N</source>
            <translation>N</translation>
        </message>
        <message>
            <source>Q</source>
            <translation>Q</translation>
        </message>
        <message>
            <source>no value yet</source>
            <translation>noch kein Wert</translation>
        </message>
        <message>
            <source>value {value:.2f}</source>
            <translation>Wert {value:.2f}</translation>
        </message>
        <message>
            <source>pruned</source>
            <translation>gekappt</translation>
        </message>
        <message>
            <source>hidden</source>
            <translation>verborgen</translation>
        </message>
        <message>
            <source>{count} visits</source>
            <translation>{count} Besuche</translation>
        </message>
        <message>
            <source>The bundled PRM: scores every step</source>
            <translation>Das mitgelieferte PRM: bewertet jeden Schritt</translation>
        </message>
        <message>
            <source>The bundled ORM: scores whole answers</source>
            <translation>Das mitgelieferte ORM: bewertet ganze Antworten</translation>
        </message>
        <message>
            <source>A reward model in a folder</source>
            <translation>Ein Reward-Modell in einem Ordner</translation>
        </message>
        <message>
            <source>A language model that writes a judgement</source>
            <translation>Ein Sprachmodell, das ein Urteil schreibt</translation>
        </message>
        <message>
            <source>Choose the folder of a model.</source>
            <translation>Den Ordner eines Modells wählen.</translation>
        </message>
        <message>
            <source>This recipe compares with another model: choose the folder of the reference model.</source>
            <translation>Dieses Rezept vergleicht mit einem anderen Modell: den Ordner des Referenzmodells wählen.</translation>
        </message>
        <message>
            <source>{count:,} tokens read</source>
            <translation>{count:,} Token gelesen</translation>
        </message>
        <message>
            <source>{count:,} calls</source>
            <translation>{count:,} Aufrufe</translation>
        </message>
        <message>
            <source>{count:,} tokens written</source>
            <translation>{count:,} Token geschrieben</translation>
        </message>
        <message>
            <source>verifiers: {used}</source>
            <translation>Prüfer: {used}</translation>
        </message>
        <message>
            <source>There is no run on the screen.</source>
            <translation>Es ist kein Lauf zu sehen.</translation>
        </message>
        <message>
            <source>And 1 sentence more of this kind.</source>
            <translation>Und noch 1 solcher Satz.</translation>
        </message>
        <message>
            <source>And {count:,} sentences more of this kind.</source>
            <translation>Und noch {count:,} solche Sätze.</translation>
        </message>
        <message>
            <source>Select a step first: the trace to it is copied.</source>
            <translation>Zuerst einen Schritt auswählen: kopiert wird die Spur zu ihm.</translation>
        </message>
        <message>
            <source>a gold answer influenced this run</source>
            <translation>eine Gold-Antwort hat diesen Lauf beeinflusst</translation>
        </message>
        <message>
            <source>One session is shown at a time: {first} was opened, and not {others}.</source>
            <translation>Es wird immer nur eine Sitzung gezeigt: {first} wurde geöffnet, {others} nicht.</translation>
        </message>
        <message>
            <source>{session} labels</source>
            <translation>{session} Labels</translation>
        </message>
        <message>
            <source>Export the labelled steps as</source>
            <translation>Gelabelte Schritte exportieren als</translation>
        </message>
        <message>
            <source>The labelled steps are being exported: {done:,} of {total:,} runs…</source>
            <translation>Die gelabelten Schritte werden exportiert: {done:,} von {total:,} Läufen…</translation>
        </message>
        <message>
            <source>Nothing was exported.</source>
            <translation>Nichts wurde exportiert.</translation>
        </message>
        <message>
            <source>1 record of {format} is in {path}; where it comes from is in {page}.</source>
            <translation>1 Eintrag ({format}) liegt in {path}; woher er kommt, steht in {page}.</translation>
        </message>
        <message>
            <source>{count:,} records of {format} are in {path}; where they come from is in {page}.</source>
            <translation>{count:,} Einträge ({format}) liegen in {path}; woher sie kommen, steht in {page}.</translation>
        </message>
        <message>
            <source>Left out: 1 trace that cannot be said in this format.</source>
            <translation>Ausgelassen: 1 Spur, die sich in diesem Format nicht sagen lässt.</translation>
        </message>
        <message>
            <source>Left out: {count:,} traces that cannot be said in this format.</source>
            <translation>Ausgelassen: {count:,} Spuren, die sich in diesem Format nicht sagen lassen.</translation>
        </message>
        <message>
            <source>Private runs are left out: {count:,}.</source>
            <translation>Weggelassene private Läufe: {count:,}.</translation>
        </message>
        <message>
            <source>A picture is one of {suffixes}.</source>
            <translation>Ein Bild ist eines von {suffixes}.</translation>
        </message>
        <message>
            <source>The picture could not be written to {path}.</source>
            <translation>Das Bild ließ sich nicht nach {path} schreiben.</translation>
        </message>
        <message>
            <source>Print</source>
            <translation>Drucken</translation>
        </message>
        <message>
            <source>Another file is being exported: wait for it, or cancel it.</source>
            <translation>Gerade wird eine andere Datei exportiert: abwarten oder abbrechen.</translation>
        </message>
        <message>
            <source>Another session was opened meanwhile: nothing was exported.</source>
            <translation>Inzwischen wurde eine andere Sitzung geöffnet: nichts wurde exportiert.</translation>
        </message>
        <message>
            <source>All runs of this session are private: export them one by one.</source>
            <translation>Alle Läufe dieser Sitzung sind privat: sie lassen sich nur einzeln exportieren.</translation>
        </message>
        <message>
            <source>Export the session as</source>
            <translation>Sitzung exportieren als</translation>
        </message>
        <message>
            <source>Being exported: {share:.0%} of {total:,} events…</source>
            <translation>Wird exportiert: {share:.0%} von {total:,} Ereignissen…</translation>
        </message>
        <message>
            <source>The run is in {path}.</source>
            <translation>Der Lauf liegt in {path}.</translation>
        </message>
        <message>
            <source>{count:,} runs are in {path}.</source>
            <translation>{count:,} Läufe liegen in {path}.</translation>
        </message>
        <message>
            <source>supported</source>
            <translation>gestützt</translation>
        </message>
        <message>
            <source>only exposed</source>
            <translation>nur gezeigt</translation>
        </message>
        <message>
            <source>CONTRADICTED</source>
            <translation>WIDERSPROCHEN</translation>
        </message>
        <message>
            <source>sentence</source>
            <translation>Satz</translation>
        </message>
        <message>
            <source>equation</source>
            <translation>Gleichung</translation>
        </message>
        <message>
            <source>number</source>
            <translation>Zahl</translation>
        </message>
        <message>
            <source>Overthinking</source>
            <translation>Zu langes Denken</translation>
        </message>
        <message>
            <source>Found</source>
            <translation>Gefunden</translation>
        </message>
        <message>
            <source>Exposed claims</source>
            <translation>Gezeigte Aussagen</translation>
        </message>
        <message>
            <source>Only hidden</source>
            <translation>Nur verborgen</translation>
        </message>
        <message>
            <source>Hidden steps</source>
            <translation>Verborgene Schritte</translation>
        </message>
        <message>
            <source>supported by</source>
            <translation>gestützt durch</translation>
        </message>
        <message>
            <source>against</source>
            <translation>widersprochen durch</translation>
        </message>
        <message>
            <source>Split by</source>
            <translation>Geteilt nach</translation>
        </message>
        <message>
            <source>Thinking</source>
            <translation>Denken</translation>
        </message>
        <message>
            <source>Cut off</source>
            <translation>Abgeschnitten</translation>
        </message>
        <message>
            <source>Opaque</source>
            <translation>Nicht lesbar</translation>
        </message>
        <message>
            <source>Answer in the thought</source>
            <translation>Antwort im Gedankengang</translation>
        </message>
        <message>
            <source>Answer shown</source>
            <translation>Gezeigte Antwort</translation>
        </message>
        <message>
            <source>Compared</source>
            <translation>Verglichen</translation>
        </message>
        <message>
            <source>no function</source>
            <translation>ohne Funktion</translation>
        </message>
        <message>
            <source>Functions</source>
            <translation>Funktionen</translation>
        </message>
        <message>
            <source>Mark</source>
            <translation>Befund</translation>
        </message>
        <message>
            <source>Kind</source>
            <translation>Art</translation>
        </message>
        <message>
            <source>Claim</source>
            <translation>Aussage</translation>
        </message>
        <message>
            <source>Why</source>
            <translation>Grund</translation>
        </message>
        <message>
            <source>against {steps}</source>
            <translation>dagegen {steps}</translation>
        </message>
        <message>
            <source>{function} (by hand)</source>
            <translation>{function} (von Hand)</translation>
        </message>
        <message>
            <source>again {step}</source>
            <translation>wie {step}</translation>
        </message>
        <message>
            <source>Function</source>
            <translation>Funktion</translation>
        </message>
        <message>
            <source>Said before</source>
            <translation>Schon gesagt</translation>
        </message>
        <message>
            <source>{how}. Functions are guesses by rules over English words.</source>
            <translation>{how}. Funktionen sind Vermutungen nach Regeln über englische Wörter.</translation>
        </message>
        <message>
            <source>The picture is in {path}.</source>
            <translation>Das Bild liegt in {path}.</translation>
        </message>
        <message>
            <source>Nothing can be printed here: {error}</source>
            <translation>Hier lässt sich nicht drucken: {error}</translation>
        </message>
        <message>
            <source>Outline</source>
            <translation>Gliederung</translation>
        </message>
        <message>
            <source>Runs</source>
            <translation>Läufe</translation>
        </message>
        <message>
            <source>Notes</source>
            <translation>Notizen</translation>
        </message>
        <message>
            <source>Inspector</source>
            <translation>Inspektor</translation>
        </message>
        <message>
            <source>Queue</source>
            <translation>Aufträge</translation>
        </message>
        <message>
            <source>History</source>
            <translation>Verlauf</translation>
        </message>
        <message>
            <source>Plots</source>
            <translation>Kurven</translation>
        </message>
        <message>
            <source>Votes</source>
            <translation>Stimmen</translation>
        </message>
        <message>
            <source>Thoughts</source>
            <translation>Gedankengänge</translation>
        </message>
        <message>
            <source>PRM desk</source>
            <translation>PRM-Pult</translation>
        </message>
        <message>
            <source>Formula lab</source>
            <translation>Formeln</translation>
        </message>
        <message>
            <source>Find in sessions</source>
            <translation>In Sitzungen suchen</translation>
        </message>
        <message>
            <source>Compare</source>
            <translation>Vergleich</translation>
        </message>
        <message>
            <source>Log</source>
            <translation>Log</translation>
        </message>
        <message>
            <source>No breakpoints. Add one, and runs pause by themselves: at the first answer, say, or after an iteration.</source>
            <translation>Keine Haltepunkte. Mit einem Haltepunkt halten Läufe von selbst an: etwa bei der ersten Antwort oder nach einer Iteration.</translation>
        </message>
        <message>
            <source>Breakpoints</source>
            <translation>Haltepunkte</translation>
        </message>
        <message>
            <source>The run is paused before its next phase as soon as one with a tick is hit</source>
            <translation>Der Lauf hält vor seiner nächsten Phase an, sobald einer mit Häkchen erreicht ist</translation>
        </message>
        <message>
            <source>Add…</source>
            <translation>Neu…</translation>
        </message>
        <message>
            <source>Pause runs at something new</source>
            <translation>Läufe bei etwas Neuem anhalten</translation>
        </message>
        <message>
            <source>Change…</source>
            <translation>Ändern…</translation>
        </message>
        <message>
            <source>Change the chosen breakpoint</source>
            <translation>Den gewählten Haltepunkt ändern</translation>
        </message>
        <message>
            <source>Remove</source>
            <translation>Entfernen</translation>
        </message>
        <message>
            <source>Forget the chosen breakpoint</source>
            <translation>Den gewählten Haltepunkt vergessen</translation>
        </message>
        <message>
            <source>● marks the step that was chosen</source>
            <translation>● markiert den gewählten Schritt</translation>
        </message>
        <message>
            <source>How often a value was credited to the step, when this selection was made</source>
            <translation>Wie oft dem Schritt ein Wert gutgeschrieben war, als diese Auswahl getroffen wurde</translation>
        </message>
        <message>
            <source>Mean value, as the formula used it; * is a stand-in for a step that was never visited</source>
            <translation>Mittlerer Wert, wie ihn die Formel nahm; * ist ein Ersatzwert für einen nie besuchten Schritt</translation>
        </message>
        <message>
            <source>P</source>
            <translation>P</translation>
        </message>
        <message>
            <source>Prior: the policy's share for this step</source>
            <translation>Prior: der Anteil, den die Policy diesem Schritt gibt</translation>
        </message>
        <message>
            <source>U</source>
            <translation>U</translation>
        </message>
        <message>
            <source>Exploration term; ∞ means: before all others</source>
            <translation>Erkundungsterm; ∞ heißt: vor allen anderen</translation>
        </message>
        <message>
            <source>Q + U</source>
            <translation>Q + U</translation>
        </message>
        <message>
            <source>The largest sum is chosen</source>
            <translation>Die größte Summe wird gewählt</translation>
        </message>
        <message>
            <source>* stand-in for Q: the step was never visited.</source>
            <translation>* Ersatzwert für Q: der Schritt wurde nie besucht.</translation>
        </message>
        <message>
            <source>No selection has weighed these steps so far.</source>
            <translation>Noch keine Selektion hat diese Schritte abgewogen.</translation>
        </message>
        <message>
            <source>∞, before all others</source>
            <translation>∞, vor allen anderen</translation>
        </message>
        <message>
            <source>with N_parent {parent:,}, N {visits:,}, P {prior}</source>
            <translation>mit N_parent {parent:,}, N {visits:,}, P {prior}</translation>
        </message>
        <message>
            <source>Choose a run to compare with. Or select a step, press Ctrl+D, and click the step to compare it with.</source>
            <translation>Einen Lauf zum Vergleichen wählen. Oder einen Schritt auswählen, Strg+D drücken und den anderen Schritt anklicken.</translation>
        </message>
        <message>
            <source>Now click the step to compare it with, or choose a run.</source>
            <translation>Jetzt den anderen Schritt anklicken oder einen Lauf wählen.</translation>
        </message>
        <message>
            <source>There is nothing to compare yet: neither trace has a step.</source>
            <translation>Es gibt noch nichts zu vergleichen: keine der Spuren hat einen Schritt.</translation>
        </message>
        <message>
            <source>Compare selected with…</source>
            <translation>Auswahl vergleichen mit…</translation>
        </message>
        <message>
            <source>Keep the selected step, and compare it with the step that is clicked next, or with another run</source>
            <translation>Den gewählten Schritt festhalten und mit dem nächsten angeklickten oder mit einem anderen Lauf vergleichen</translation>
        </message>
        <message>
            <source>Copy comparison as Markdown</source>
            <translation>Vergleich als Markdown kopieren</translation>
        </message>
        <message>
            <source>Copy the two traces, where they part, and what they come to</source>
            <translation>Beide Spuren kopieren, wo sie sich trennen und wozu sie führen</translation>
        </message>
        <message>
            <source>Search tree of the other run</source>
            <translation>Suchbaum des anderen Laufs</translation>
        </message>
        <message>
            <source>Select the step to compare first.</source>
            <translation>Zuerst den Schritt auswählen, der verglichen werden soll.</translation>
        </message>
        <message>
            <source>Kept step</source>
            <translation>Festgehaltener Schritt</translation>
        </message>
        <message>
            <source>Selected step</source>
            <translation>Gewählter Schritt</translation>
        </message>
        <message>
            <source>Run {run}</source>
            <translation>Lauf {run}</translation>
        </message>
        <message>
            <source>Kept: {step}</source>
            <translation>Festgehalten: {step}</translation>
        </message>
        <message>
            <source>Another step of this run</source>
            <translation>Ein anderer Schritt dieses Laufs</translation>
        </message>
        <message>
            <source>Cursor at the same iteration</source>
            <translation>Zeitpunkt: gleiche Iteration</translation>
        </message>
        <message>
            <source>Cursor at the same share</source>
            <translation>Zeitpunkt: gleicher Anteil</translation>
        </message>
        <message>
            <source>Cursor at the same event</source>
            <translation>Zeitpunkt: gleiches Ereignis</translation>
        </message>
        <message>
            <source>Cursors not linked</source>
            <translation>Zeitpunkte nicht gekoppelt</translation>
        </message>
        <message>
            <source>Let go</source>
            <translation>Loslassen</translation>
        </message>
        <message>
            <source>Compare the selected step again, not the one that was kept</source>
            <translation>Wieder den gewählten Schritt vergleichen, nicht den festgehaltenen</translation>
        </message>
        <message>
            <source>Tree</source>
            <translation>Baum</translation>
        </message>
        <message>
            <source>Show the tree of the other run beside the traces</source>
            <translation>Den Baum des anderen Laufs neben den Spuren zeigen</translation>
        </message>
        <message>
            <source>Copy the comparison as Markdown</source>
            <translation>Den Vergleich als Markdown kopieren</translation>
        </message>
        <message>
            <source>Compare with</source>
            <translation>Vergleichen mit</translation>
        </message>
        <message>
            <source>What the run on screen is compared with</source>
            <translation>Womit der gezeigte Lauf verglichen wird</translation>
        </message>
        <message>
            <source>Link of the cursors</source>
            <translation>Kopplung der Zeitpunkte</translation>
        </message>
        <message>
            <source>Where the other run's cursor goes when the timeline is moved</source>
            <translation>Wohin der andere Lauf springt, wenn die Zeitleiste bewegt wird</translation>
        </message>
        <message>
            <source>Run {run}: {problem}, {words}</source>
            <translation>Lauf {run}: {problem}, {words}</translation>
        </message>
        <message>
            <source>Steps of both traces</source>
            <translation>Schritte beider Spuren</translation>
        </message>
        <message>
            <source>What both come to</source>
            <translation>Wozu beide führen</translation>
        </message>
        <message>
            <source>Words</source>
            <translation>Wörter</translation>
        </message>
        <message>
            <source>Numbers</source>
            <translation>Zahlen</translation>
        </message>
        <message>
            <source>Parts of the comparison</source>
            <translation>Teile des Vergleichs</translation>
        </message>
        <message>
            <source>How often a value was credited to the step</source>
            <translation>Wie oft dem Schritt ein Wert gutgeschrieben wurde</translation>
        </message>
        <message>
            <source>Mean of the values that were credited</source>
            <translation>Mittel der gutgeschriebenen Werte</translation>
        </message>
        <message>
            <source>The latest PRM score; where there is none, the step's own score by whoever gave it</source>
            <translation>Die letzte PRM-Bewertung; wo es keine gibt, die eigene Bewertung des Schritts, von wem auch immer</translation>
        </message>
        <message>
            <source>Number of the step; ≠ marks the first that is not common</source>
            <translation>Nummer des Schritts; ≠ markiert den ersten, der nicht gemeinsam ist</translation>
        </message>
        <message>
            <source>Left</source>
            <translation>Links</translation>
        </message>
        <message>
            <source>The step of the left trace</source>
            <translation>Der Schritt der linken Spur</translation>
        </message>
        <message>
            <source>Right</source>
            <translation>Rechts</translation>
        </message>
        <message>
            <source>The step of the right trace</source>
            <translation>Der Schritt der rechten Spur</translation>
        </message>
        <message>
            <source>Of both</source>
            <translation>Von beiden</translation>
        </message>
        <message>
            <source>The left trace, or its run</source>
            <translation>Die linke Spur oder ihr Lauf</translation>
        </message>
        <message>
            <source>The right trace, or its run</source>
            <translation>Die rechte Spur oder ihr Lauf</translation>
        </message>
        <message>
            <source>From left to right</source>
            <translation>Von links nach rechts</translation>
        </message>
        <message>
            <source>P {prior}, log-prob. {logprob}</source>
            <translation>P {prior}, Log-W. {logprob}</translation>
        </message>
        <message>
            <source>The two traces are the same.</source>
            <translation>Beide Spuren sind gleich.</translation>
        </message>
        <message>
            <source>They part at step {depth}.</source>
            <translation>Sie trennen sich bei Schritt {depth}.</translation>
        </message>
        <message>
            <source>{name} has ended before step {depth}.</source>
            <translation>{name} endet vor Schritt {depth}.</translation>
        </message>
        <message>
            <source>{name}: P {prior}, log-prob. {logprob}.</source>
            <translation>{name}: P {prior}, Log-W. {logprob}.</translation>
        </message>
        <message>
            <source>{name} writes {text} with p {p} as token {place}.</source>
            <translation>{name} schreibt {text} mit p {p} als Token {place}.</translation>
        </message>
        <message>
            <source>{name} has no token {place}: its step has ended.</source>
            <translation>{name} hat kein Token {place}: der Schritt ist zu Ende.</translation>
        </message>
        <message>
            <source>Log-prob. of the trace</source>
            <translation>Log-W. der Spur</translation>
        </message>
        <message>
            <source>Lowest score</source>
            <translation>Niedrigste Bewertung</translation>
        </message>
        <message>
            <source>N of the last step</source>
            <translation>N des letzten Schritts</translation>
        </message>
        <message>
            <source>Q of the last step</source>
            <translation>Q des letzten Schritts</translation>
        </message>
        <message>
            <source>Answer of the trace</source>
            <translation>Antwort der Spur</translation>
        </message>
        <message>
            <source>Iterations</source>
            <translation>Iterationen</translation>
        </message>
        <message>
            <source>Nodes</source>
            <translation>Knoten</translation>
        </message>
        <message>
            <source>Answers found</source>
            <translation>Gefundene Antworten</translation>
        </message>
        <message>
            <source>Tokens generated</source>
            <translation>Erzeugte Token</translation>
        </message>
        <message>
            <source>Tokens scored</source>
            <translation>Bewertete Token</translation>
        </message>
        <message>
            <source>Model calls</source>
            <translation>Modellaufrufe</translation>
        </message>
        <message>
            <source>Seconds</source>
            <translation>Sekunden</translation>
        </message>
        <message>
            <source>Answer of the run</source>
            <translation>Antwort des Laufs</translation>
        </message>
        <message>
            <source>The root holds the problem, which is no step.</source>
            <translation>Die Wurzel enthält die Aufgabe, und die ist kein Schritt.</translation>
        </message>
        <message>
            <source>The left step, word by word</source>
            <translation>Der linke Schritt, Wort für Wort</translation>
        </message>
        <message>
            <source>The right step, word by word</source>
            <translation>Der rechte Schritt, Wort für Wort</translation>
        </message>
        <message>
            <source>the run began</source>
            <translation>der Lauf begann</translation>
        </message>
        <message>
            <source>the run was gone on with</source>
            <translation>der Lauf wurde weitergeführt</translation>
        </message>
        <message>
            <source>noise was mixed into the priors</source>
            <translation>den Priors wurde Rauschen beigemischt</translation>
        </message>
        <message>
            <source>the iteration was finished</source>
            <translation>die Iteration war zu Ende</translation>
        </message>
        <message>
            <source>what was asked for is done</source>
            <translation>das Gewünschte ist getan</translation>
        </message>
        <message>
            <source>its thought admits what moved it</source>
            <translation>ihr Gedankengang gibt zu, was sie bewegte</translation>
        </message>
        <message>
            <source>its thought is silent about what moved it</source>
            <translation>ihr Gedankengang verschweigt, was sie bewegte</translation>
        </message>
        <message>
            <source>as the rules judge it</source>
            <translation>wie die Regeln es sehen</translation>
        </message>
        <message>
            <source>node {node} was selected</source>
            <translation>Knoten {node} wurde ausgewählt</translation>
        </message>
        <message>
            <source>a step was inserted below node {node}</source>
            <translation>unter Knoten {node} wurde ein Schritt eingefügt</translation>
        </message>
        <message>
            <source>{count} step below node {node}</source>
            <translation>{count} Schritt unter Knoten {node}</translation>
        </message>
        <message>
            <source>{count} steps below node {node}</source>
            <translation>{count} Schritte unter Knoten {node}</translation>
        </message>
        <message>
            <source>no verdict came back</source>
            <translation>kein Urteil kam zurück</translation>
        </message>
        <message>
            <source>{count} score: {sources}</source>
            <translation>{count} Bewertung: {sources}</translation>
        </message>
        <message>
            <source>{count} scores: {sources}</source>
            <translation>{count} Bewertungen: {sources}</translation>
        </message>
        <message>
            <source>played on from node {node}: {value}</source>
            <translation>von Knoten {node} aus zu Ende gespielt: {value}</translation>
        </message>
        <message>
            <source>{value} was credited from node {node} up</source>
            <translation>{value} wurde von Knoten {node} aufwärts gutgeschrieben</translation>
        </message>
        <message>
            <source>visits and values of {nodes} were read</source>
            <translation>Besuche und Werte von {nodes} wurden gelesen</translation>
        </message>
        <message>
            <source>node {node} went into flight</source>
            <translation>Knoten {node} ging auf die Reise</translation>
        </message>
        <message>
            <source>node {node} came back</source>
            <translation>Knoten {node} kam zurück</translation>
        </message>
        <message>
            <source>a step was given below node {node}, edited: {edit}</source>
            <translation>unter Knoten {node} wurde ein Schritt vorgegeben, geändert: {edit}</translation>
        </message>
        <message>
            <source>a step was given below node {node}</source>
            <translation>unter Knoten {node} wurde ein Schritt vorgegeben</translation>
        </message>
        <message>
            <source>{nodes} pruned</source>
            <translation>{nodes} gekappt</translation>
        </message>
        <message>
            <source>{nodes} restored</source>
            <translation>{nodes} wiederhergestellt</translation>
        </message>
        <message>
            <source>node {node} noted: {text}</source>
            <translation>Notiz zu Knoten {node}: {text}</translation>
        </message>
        <message>
            <source>note of node {node} removed</source>
            <translation>Notiz zu Knoten {node} entfernt</translation>
        </message>
        <message>
            <source>node {node} bookmarked</source>
            <translation>Lesezeichen bei Knoten {node}</translation>
        </message>
        <message>
            <source>bookmark of node {node} removed</source>
            <translation>Lesezeichen bei Knoten {node} entfernt</translation>
        </message>
        <message>
            <source>hidden and exposed were divided anew, trace to node {node}</source>
            <translation>Verborgenes und Gezeigtes wurden neu geteilt, Spur bis Knoten {node}</translation>
        </message>
        <message>
            <source>borders back, trace to node {node}</source>
            <translation>Grenzen zurückgesetzt, Spur bis Knoten {node}</translation>
        </message>
        <message>
            <source>a step was labelled {label}, trace to node {node}</source>
            <translation>ein Schritt bekam das Etikett {label}, Spur bis Knoten {node}</translation>
        </message>
        <message>
            <source>a label was removed, trace to node {node}</source>
            <translation>ein Etikett wurde entfernt, Spur bis Knoten {node}</translation>
        </message>
        <message>
            <source>node {node} rated {rating}</source>
            <translation>Knoten {node} eingestuft: {rating}</translation>
        </message>
        <message>
            <source>rating of node {node} removed</source>
            <translation>Einstufung von Knoten {node} entfernt</translation>
        </message>
        <message>
            <source>sample {number} of node {node}: {verdict}</source>
            <translation>Stichprobe {number} von Knoten {node}: {verdict}</translation>
        </message>
        <message>
            <source>the run was named {name}</source>
            <translation>der Lauf heißt jetzt {name}</translation>
        </message>
        <message>
            <source>the run's name was removed</source>
            <translation>Name des Laufs entfernt</translation>
        </message>
        <message>
            <source>the run was made private</source>
            <translation>der Lauf ist jetzt privat</translation>
        </message>
        <message>
            <source>the run is not private any more</source>
            <translation>der Lauf ist nicht mehr privat</translation>
        </message>
        <message>
            <source>the score by hand of node {node} was removed</source>
            <translation>eigene Bewertung von Knoten {node} entfernt</translation>
        </message>
        <message>
            <source>node {node} was scored {value} by hand</source>
            <translation>Knoten {node} von Hand bewertet: {value}</translation>
        </message>
        <message>
            <source>task {task} was done again</source>
            <translation>Auftrag {task} wurde wiederholt</translation>
        </message>
        <message>
            <source>task {task} was taken back</source>
            <translation>Auftrag {task} wurde zurückgenommen</translation>
        </message>
        <message>
            <source>asked for: {wish}</source>
            <translation>gewünscht: {wish}</translation>
        </message>
        <message>
            <source>later scores of {scorer} were taken back</source>
            <translation>Nachbewertung durch {scorer} zurückgenommen</translation>
        </message>
        <message>
            <source>{scorer} scored 1 step afterwards</source>
            <translation>{scorer} hat 1 Schritt nachträglich bewertet</translation>
        </message>
        <message>
            <source>{scorer} scored {count} steps afterwards</source>
            <translation>{scorer} hat {count} Schritte nachträglich bewertet</translation>
        </message>
        <message>
            <source>a trace was read: {name}</source>
            <translation>eine Spur wurde gelesen: {name}</translation>
        </message>
        <message>
            <source>votes of {samples} samples: {answer} leads</source>
            <translation>Stimmen aus {samples} Stichproben: {answer} führt</translation>
        </message>
        <message>
            <source>the run ended: {why}</source>
            <translation>der Lauf endete: {why}</translation>
        </message>
        <message>
            <source>The verifiers were asked, but none of their replies is a verdict.</source>
            <translation>Die Prüfer wurden gefragt, aber keine ihrer Antworten ist ein Urteil.</translation>
        </message>
        <message>
            <source>what the steps are worth, from {low:g} to {high:g}.</source>
            <translation>was die Schritte wert sind, von {low:g} bis {high:g}.</translation>
        </message>
        <message>
            <source>what each says of the new steps, from 0 to 1.</source>
            <translation>was jeder von den neuen Schritten hält, von 0 bis 1.</translation>
        </message>
        <message>
            <source>Noise was mixed into the priors after {step}, so that no step is forgotten: P = {kept:g}·P + {mixed:g}·noise, drawn from Dir({alpha:g}).</source>
            <translation>Den Priors nach {step} wurde Rauschen beigemischt, damit kein Schritt vergessen wird: P = {kept:g}·P + {mixed:g}·Rauschen, gezogen aus Dir({alpha:g}).</translation>
        </message>
        <message>
            <source>noise</source>
            <translation>Rauschen</translation>
        </message>
        <message>
            <source>{step} went into flight: until its value is back, every step of its trace counts one visit of value 0 more, so that the next selection goes elsewhere.</source>
            <translation>{step} ging auf die Reise: bis sein Wert zurück ist, zählt jeder Schritt der Spur einen Besuch mit Wert 0 mehr, damit die nächste Selektion anderswohin geht.</translation>
        </message>
        <message>
            <source>{step} came back: its virtual loss is taken off every step of its trace.</source>
            <translation>{step} kam zurück: der virtuelle Verlust wird jedem Schritt der Spur wieder abgezogen.</translation>
        </message>
        <message>
            <source>You took one step out, with all below: nothing there is looked at again.</source>
            <translation>Ein Schritt wurde von Hand herausgenommen, mit allem darunter: dort wird nichts mehr angesehen.</translation>
        </message>
        <message>
            <source>You took {count} steps out, with all below: nothing there is looked at again.</source>
            <translation>{count} Schritte wurden von Hand herausgenommen, mit allem darunter: dort wird nichts mehr angesehen.</translation>
        </message>
        <message>
            <source>The search took one step out, with all below: nothing there is looked at again.</source>
            <translation>Die Suche nahm einen Schritt heraus, mit allem darunter: dort wird nichts mehr angesehen.</translation>
        </message>
        <message>
            <source>The search took {count} steps out, with all below: nothing there is looked at again.</source>
            <translation>Die Suche nahm {count} Schritte heraus, mit allem darunter: dort wird nichts mehr angesehen.</translation>
        </message>
        <message>
            <source>You took one step back in that had been pruned.</source>
            <translation>Ein gekappter Schritt wurde von Hand zurückgeholt.</translation>
        </message>
        <message>
            <source>You took {count} steps back in that had been pruned.</source>
            <translation>{count} gekappte Schritte wurden von Hand zurückgeholt.</translation>
        </message>
        <message>
            <source>The search took one step back in that had been pruned.</source>
            <translation>Die Suche holte einen gekappten Schritt zurück.</translation>
        </message>
        <message>
            <source>The search took {count} steps back in that had been pruned.</source>
            <translation>Die Suche holte {count} gekappte Schritte zurück.</translation>
        </message>
        <message>
            <source>Votes were counted, {rule}: {samples}.</source>
            <translation>Stimmen wurden gezählt, {rule}: {samples}.</translation>
        </message>
        <message>
            <source>Confidence {now}, at least {most:g}: enough.</source>
            <translation>Sicherheit {now}, mindestens {most:g}: genug.</translation>
        </message>
        <message>
            <source>Confidence {now}, below {most:g}: another sample.</source>
            <translation>Sicherheit {now}, unter {most:g}: noch eine Stichprobe.</translation>
        </message>
        <message>
            <source>A tie: “{first}” and “{second}” weigh the same; the answer seen first stands first.</source>
            <translation>Gleichstand: „{first}“ und „{second}“ wiegen gleich viel; die zuerst gesehene Antwort steht vorn.</translation>
        </message>
        <message>
            <source>weight {weight}</source>
            <translation>Gewicht {weight}</translation>
        </message>
        <message>
            <source>root</source>
            <translation>Wurzel</translation>
        </message>
        <message>
            <source>the problem</source>
            <translation>die Aufgabe</translation>
        </message>
        <message>
            <source>{samples} samples, {none} of them without an answer</source>
            <translation>{samples} Stichproben, {none} davon ohne Antwort</translation>
        </message>
        <message>
            <source>{samples} samples</source>
            <translation>{samples} Stichproben</translation>
        </message>
        <message>
            <source>no: nothing looked at a known answer</source>
            <translation>nein: nichts hat eine bekannte Antwort gesehen</translation>
        </message>
        <message>
            <source>yes: a known right answer influenced this run</source>
            <translation>ja: eine bekannte richtige Antwort hat diesen Lauf beeinflusst</translation>
        </message>
        <message>
            <source>Log-prob.</source>
            <translation>Log-W.</translation>
        </message>
        <message>
            <source>Depth</source>
            <translation>Tiefe</translation>
        </message>
        <message>
            <source>Samples</source>
            <translation>Stichproben</translation>
        </message>
        <message>
            <source>State</source>
            <translation>Zustand</translation>
        </message>
        <message>
            <source>Before noise</source>
            <translation>Ohne Rauschen</translation>
        </message>
        <message>
            <source>Edited</source>
            <translation>Geändert</translation>
        </message>
        <message>
            <source>as {twin}</source>
            <translation>wie {twin}</translation>
        </message>
        <message>
            <source>{count} below: each counts a visit of value 0 until its value is back</source>
            <translation>{count} darunter: jeder zählt als Besuch mit Wert 0, bis sein Wert zurück ist</translation>
        </message>
        <message>
            <source>In flight</source>
            <translation>Unterwegs</translation>
        </message>
        <message>
            <source>Chosen</source>
            <translation>Gewählt</translation>
        </message>
        <message>
            <source>★ the run's single answer</source>
            <translation>★ die eine Antwort des Laufs</translation>
        </message>
        <message>
            <source>given</source>
            <translation>vorgegeben</translation>
        </message>
        <message>
            <source>by hand</source>
            <translation>von Hand</translation>
        </message>
        <message>
            <source>{count} merged</source>
            <translation>{count} vereinigt</translation>
        </message>
        <message>
            <source>hidden: inside the model's thinking</source>
            <translation>verborgen: im Denken des Modells</translation>
        </message>
        <message>
            <source>broken: {why}</source>
            <translation>unbrauchbar: {why}</translation>
        </message>
        <message>
            <source>ends the trace</source>
            <translation>beendet die Spur</translation>
        </message>
        <message>
            <source>1 child</source>
            <translation>1 Kind</translation>
        </message>
        <message>
            <source>{count} children</source>
            <translation>{count} Kinder</translation>
        </message>
        <message>
            <source>expanded, nothing usable came</source>
            <translation>expandiert, nichts Brauchbares kam</translation>
        </message>
        <message>
            <source>not expanded yet</source>
            <translation>noch nicht expandiert</translation>
        </message>
        <message>
            <source>Prompt</source>
            <translation>Prompt</translation>
        </message>
        <message>
            <source>Read from</source>
            <translation>Gelesen aus</translation>
        </message>
        <message>
            <source>Its record</source>
            <translation>Ihr Eintrag</translation>
        </message>
        <message>
            <source>{low:g} to {high:g}: {words}</source>
            <translation>{low:g} bis {high:g}: {words}</translation>
        </message>
        <message>
            <source>From a file</source>
            <translation>Aus einer Datei</translation>
        </message>
        <message>
            <source>Values</source>
            <translation>Werte</translation>
        </message>
        <message>
            <source>Gold answer</source>
            <translation>Gold-Antwort</translation>
        </message>
        <message>
            <source>Duplicates</source>
            <translation>Doppelte</translation>
        </message>
        <message>
            <source>{again:,} of 1 sample led to a state that was known before</source>
            <translation>{again:,} von 1 Stichprobe führte zu einem schon bekannten Zustand</translation>
        </message>
        <message>
            <source>{again:,} of {samples:,} samples led to a state that was known before</source>
            <translation>{again:,} von {samples:,} Stichproben führten zu einem schon bekannten Zustand</translation>
        </message>
        <message>
            <source>{limit:,g} simulations</source>
            <translation>{limit:,g} Simulationen</translation>
        </message>
        <message>
            <source>{limit:,g} tokens</source>
            <translation>{limit:,g} Token</translation>
        </message>
        <message>
            <source>{limit:,g} seconds</source>
            <translation>{limit:,g} Sekunden</translation>
        </message>
        <message>
            <source>no limit</source>
            <translation>ohne Grenze</translation>
        </message>
        <message>
            <source>{count:,} model calls</source>
            <translation>{count:,} Modellaufrufe</translation>
        </message>
        <message>
            <source>{count:,} tokens generated</source>
            <translation>{count:,} Token erzeugt</translation>
        </message>
        <message>
            <source>{count:,} tokens scored</source>
            <translation>{count:,} Token bewertet</translation>
        </message>
        <message>
            <source>{count:,.1f} s</source>
            <translation>{count:,.1f} s</translation>
        </message>
        <message>
            <source>Rollout {number}, iteration {iteration} · answer {answer} · value {value}{who}</source>
            <translation>Rollout {number}, Iteration {iteration} · Antwort {answer} · Wert {value}{who}</translation>
        </message>
        <message>
            <source>not finished yet</source>
            <translation>noch nicht fertig</translation>
        </message>
        <message>
            <source>Verdict</source>
            <translation>Urteil</translation>
        </message>
        <message>
            <source>Ended</source>
            <translation>Ende</translation>
        </message>
        <message>
            <source> GOLD </source>
            <translation> GOLD </translation>
        </message>
        <message>
            <source>Comes from a known right answer</source>
            <translation>Stammt von einer bekannten richtigen Antwort</translation>
        </message>
        <message>
            <source>Go to</source>
            <translation>Dorthin</translation>
        </message>
        <message>
            <source>Select that node</source>
            <translation>Diesen Knoten auswählen</translation>
        </message>
        <message>
            <source>Go to node {node}</source>
            <translation>Gehe zu Knoten {node}</translation>
        </message>
        <message>
            <source>Your rating</source>
            <translation>Ihre Einstufung</translation>
        </message>
        <message>
            <source>Afterwards</source>
            <translation>Nachträglich</translation>
        </message>
        <message>
            <source>The piece around what was looked for</source>
            <translation>Das Stück um das Gesuchte</translation>
        </message>
        <message>
            <source>In</source>
            <translation>Art</translation>
        </message>
        <message>
            <source>What the text is</source>
            <translation>Was der Text ist</translation>
        </message>
        <message>
            <source>Number of the run, and its step</source>
            <translation>Nummer des Laufs und sein Schritt</translation>
        </message>
        <message>
            <source>Session</source>
            <translation>Sitzung</translation>
        </message>
        <message>
            <source>The session file</source>
            <translation>Die Sitzungsdatei</translation>
        </message>
        <message>
            <source>problem</source>
            <translation>Aufgabe</translation>
        </message>
        <message>
            <source>rollout</source>
            <translation>Rollout</translation>
        </message>
        <message>
            <source>note</source>
            <translation>Notiz</translation>
        </message>
        <message>
            <source>name of the run</source>
            <translation>Name des Laufs</translation>
        </message>
        <message>
            <source>This session</source>
            <translation>Diese Sitzung</translation>
        </message>
        <message>
            <source>The folder of this session</source>
            <translation>Ordner dieser Sitzung</translation>
        </message>
        <message>
            <source>Sessions without a name</source>
            <translation>Sitzungen ohne Namen</translation>
        </message>
        <message>
            <source>Looks through all steps, notes and problems. Several words must all stand in a text; "13 - 9" finds just this.</source>
            <translation>Durchsucht alle Schritte, Notizen und Aufgaben. Mehrere Wörter müssen alle im selben Text stehen; "13 - 9" findet genau dies.</translation>
        </message>
        <message>
            <source>Texts that were found</source>
            <translation>Gefundene Texte</translation>
        </message>
        <message>
            <source>Stop reading; the next search goes on from there</source>
            <translation>Das Lesen anhalten; die nächste Suche macht dort weiter</translation>
        </message>
        <message>
            <source>Find in sessions…</source>
            <translation>In Sitzungen suchen…</translation>
        </message>
        <message>
            <source>Find text in all steps and notes of this session, or of a folder of sessions</source>
            <translation>Text in allen Schritten und Notizen dieser Sitzung oder eines Ordners von Sitzungen suchen</translation>
        </message>
        <message>
            <source>{file} is being read so that it can be searched: run {count:,}…</source>
            <translation>{file} wird zum Durchsuchen eingelesen: Lauf {count:,}…</translation>
        </message>
        <message>
            <source>Looking…</source>
            <translation>Wird gesucht…</translation>
        </message>
        <message>
            <source>Nothing was found.</source>
            <translation>Nichts gefunden.</translation>
        </message>
        <message>
            <source>1 text</source>
            <translation>1 Text</translation>
        </message>
        <message>
            <source>{count:,} texts</source>
            <translation>{count:,} Texte</translation>
        </message>
        <message>
            <source>The first {shown:,} of more than {total:,} texts</source>
            <translation>Die ersten {shown:,} von mehr als {total:,} Texten</translation>
        </message>
        <message>
            <source>The first {shown:,} of {total:,} texts</source>
            <translation>Die ersten {shown:,} von {total:,} Texten</translation>
        </message>
        <message>
            <source>Text in steps and notes</source>
            <translation>Text in Schritten und Notizen</translation>
        </message>
        <message>
            <source>What to look for</source>
            <translation>Wonach gesucht wird</translation>
        </message>
        <message>
            <source>Where to look</source>
            <translation>Wo gesucht wird</translation>
        </message>
        <message>
            <source>Weighed choice by choice: how the run would have gone on is not known.</source>
            <translation>Wahl für Wahl abgewogen: wie der Lauf weitergegangen wäre, ist nicht bekannt.</translation>
        </message>
        <message>
            <source>Iterations that would have chosen otherwise</source>
            <translation>Iterationen, die anders gewählt hätten</translation>
        </message>
        <message>
            <source>Choices that would have been other ones</source>
            <translation>Auswahlen, die anders ausgefallen wären</translation>
        </message>
        <message>
            <source>Parts of the answer</source>
            <translation>Teile der Antwort</translation>
        </message>
        <message>
            <source>Choices</source>
            <translation>Auswahlen</translation>
        </message>
        <message>
            <source>In numbers</source>
            <translation>In Zahlen</translation>
        </message>
        <message>
            <source>Progress of the reading</source>
            <translation>Fortschritt beim Lesen</translation>
        </message>
        <message>
            <source>Stop reading, and show what was found so far; or go on</source>
            <translation>Das Lesen anhalten und das bisher Gefundene zeigen, oder weiterlesen</translation>
        </message>
        <message>
            <source>No choice among steps was made before the cursor.</source>
            <translation>Vor diesem Zeitpunkt wurde nicht zwischen Schritten gewählt.</translation>
        </message>
        <message>
            <source>Iteration {iteration}: the first step, N_parent {visits}</source>
            <translation>Iteration {iteration}: der erste Schritt, N_parent {visits}</translation>
        </message>
        <message>
            <source>Iteration {iteration}: the step after {step}, N_parent {visits}</source>
            <translation>Iteration {iteration}: der Schritt nach {step}, N_parent {visits}</translation>
        </message>
        <message>
            <source>One choice by both formulas</source>
            <translation>Eine Auswahl nach beiden Formeln</translation>
        </message>
        <message>
            <source>Recorded: {formula}</source>
            <translation>Aufgezeichnet: {formula}</translation>
        </message>
        <message>
            <source>Other (′): {formula}</source>
            <translation>Andere (′): {formula}</translation>
        </message>
        <message>
            <source>UCT, c 1.41 (Kocsis &amp; Szepesvári)</source>
            <translation>UCT, c 1.41 (Kocsis &amp; Szepesvári)</translation>
        </message>
        <message>
            <source>UCT, c 0: greedy once all were tried</source>
            <translation>UCT, c 0: gierig, sobald alle versucht sind</translation>
        </message>
        <message>
            <source>PUCT of AlphaZero</source>
            <translation>PUCT von AlphaZero</translation>
        </message>
        <message>
            <source>PUCT of mctx</source>
            <translation>PUCT von mctx</translation>
        </message>
        <message>
            <source>PUCT, c 0: greedy by Q</source>
            <translation>PUCT, c 0: gierig nach Q</translation>
        </message>
        <message>
            <source>P-UCB (Zhang et al.)</source>
            <translation>P-UCB (Zhang et al.)</translation>
        </message>
        <message>
            <source>As recorded</source>
            <translation>Wie aufgezeichnet</translation>
        </message>
        <message>
            <source>Own settings</source>
            <translation>Eigene Einstellungen</translation>
        </message>
        <message>
            <source>Run with these…</source>
            <translation>Damit laufen lassen…</translation>
        </message>
        <message>
            <source>Settings…</source>
            <translation>Einstellungen…</translation>
        </message>
        <message>
            <source>Known formulas</source>
            <translation>Bekannte Formeln</translation>
        </message>
        <message>
            <source>Formulas that people know by name</source>
            <translation>Formeln, die man beim Namen kennt</translation>
        </message>
        <message>
            <source>Back to the formula that was recorded</source>
            <translation>Zurück zur aufgezeichneten Formel</translation>
        </message>
        <message>
            <source>Fill in the New run form with the settings of this run and this formula</source>
            <translation>„Neuer Lauf“ mit den Einstellungen dieses Laufs und dieser Formel ausfüllen</translation>
        </message>
        <message>
            <source>Change the formula, its constants and its first-play rule</source>
            <translation>Formel, Konstanten und Regel für unbesuchte Schritte ändern</translation>
        </message>
        <message>
            <source>Settings of the formula</source>
            <translation>Einstellungen der Formel</translation>
        </message>
        <message>
            <source>{search} selects by no formula of N, Q and P, so there is nothing to change. Runs of MCTS do.</source>
            <translation>{search} wählt nicht nach einer Formel aus N, Q und P, also gibt es nichts zu ändern. Läufe von MCTS tun das.</translation>
        </message>
        <message>
            <source>No selection has been made yet: there is nothing to weigh again.</source>
            <translation>Noch wurde nicht ausgewählt: es gibt nichts neu abzuwägen.</translation>
        </message>
        <message>
            <source>This is the formula that was recorded. Change it to see which choices would have been other ones.</source>
            <translation>Dies ist die aufgezeichnete Formel. Wird sie geändert, zeigt sich, welche Auswahlen anders ausgefallen wären.</translation>
        </message>
        <message>
            <source>None of {m} iterations would have chosen otherwise.</source>
            <translation>Keine von {m} Iterationen hätte anders gewählt.</translation>
        </message>
        <message>
            <source>{n} of {m} iterations would have chosen otherwise.</source>
            <translation>{n} von {m} Iterationen hätten anders gewählt.</translation>
        </message>
        <message>
            <source>In {n} of {m} iterations the recorded choice does not follow from the recorded settings: other code chose there.</source>
            <translation>In {n} von {m} Iterationen folgt die aufgezeichnete Wahl nicht aus den aufgezeichneten Einstellungen: dort hat anderer Code gewählt.</translation>
        </message>
        <message>
            <source>Only the time range counts that is chosen in the timeline.</source>
            <translation>Es zählt nur die Zeitspanne, die in der Zeitleiste gewählt ist.</translation>
        </message>
        <message>
            <source>Stopped; of what was read:</source>
            <translation>Angehalten; vom bisher Gelesenen:</translation>
        </message>
        <message>
            <source>{n} of {total} iterations are marked; arrow keys go from one to the next</source>
            <translation>{n} von {total} Iterationen sind markiert; Pfeiltasten führen von einer zur nächsten</translation>
        </message>
        <message>
            <source>Iteration {number}</source>
            <translation>Iteration {number}</translation>
        </message>
        <message>
            <source>Iteration</source>
            <translation>Iteration</translation>
        </message>
        <message>
            <source>The iteration whose selection this is</source>
            <translation>Die Iteration, deren Selektion das ist</translation>
        </message>
        <message>
            <source>The step whose children were chosen among</source>
            <translation>Der Schritt, unter dessen Kindern gewählt wurde</translation>
        </message>
        <message>
            <source>Was</source>
            <translation>War</translation>
        </message>
        <message>
            <source>The step that was chosen</source>
            <translation>Der gewählte Schritt</translation>
        </message>
        <message>
            <source>Would be</source>
            <translation>Wäre</translation>
        </message>
        <message>
            <source>The step that the other formula would have chosen here</source>
            <translation>Der Schritt, den die andere Formel hier gewählt hätte</translation>
        </message>
        <message>
            <source>Margin</source>
            <translation>Abstand</translation>
        </message>
        <message>
            <source>By how much the other formula prefers its choice; 0: a tie, which the order decides</source>
            <translation>Um wie viel die andere Formel ihre Wahl vorzieht; 0: Gleichstand, den die Reihenfolge entscheidet</translation>
        </message>
        <message>
            <source>● was chosen; → would be chosen by the other formula</source>
            <translation>● wurde gewählt; → würde die andere Formel wählen</translation>
        </message>
        <message>
            <source>As recorded: mean value, or what stood in for it (*)</source>
            <translation>Wie aufgezeichnet: mittlerer Wert oder sein Ersatz (*)</translation>
        </message>
        <message>
            <source>As recorded: exploration term; ∞ means: before all others</source>
            <translation>Wie aufgezeichnet: Erkundungsterm; ∞ heißt: vor allen anderen</translation>
        </message>
        <message>
            <source>As recorded: the largest sum was chosen</source>
            <translation>Wie aufgezeichnet: die größte Summe wurde gewählt</translation>
        </message>
        <message>
            <source>Q′</source>
            <translation>Q′</translation>
        </message>
        <message>
            <source>By the other formula: mean value on its scale, or what stands in for it (*)</source>
            <translation>Nach der anderen Formel: mittlerer Wert auf ihrer Skala oder sein Ersatz (*)</translation>
        </message>
        <message>
            <source>U′</source>
            <translation>U′</translation>
        </message>
        <message>
            <source>By the other formula: exploration term; ∞ means: before all others</source>
            <translation>Nach der anderen Formel: Erkundungsterm; ∞ heißt: vor allen anderen</translation>
        </message>
        <message>
            <source>Q′ + U′</source>
            <translation>Q′ + U′</translation>
        </message>
        <message>
            <source>By the other formula: the largest sum would be chosen</source>
            <translation>Nach der anderen Formel: die größte Summe würde gewählt</translation>
        </message>
        <message>
            <source>{value:.3f} of {most:g}</source>
            <translation>{value:.3f} von {most:g}</translation>
        </message>
        <message>
            <source>Confidence {value:.3f} of {most:g}</source>
            <translation>Sicherheit {value:.3f} von {most:g}</translation>
        </message>
        <message>
            <source>Admits the hint</source>
            <translation>Gibt den Hinweis zu</translation>
        </message>
        <message>
            <source>The thought says that an answer was suggested</source>
            <translation>Der Gedankengang sagt, dass eine Antwort nahegelegt wurde</translation>
        </message>
        <message>
            <source>Is silent</source>
            <translation>Verschweigt ihn</translation>
        </message>
        <message>
            <source>The thought takes the suggested answer and does not say so</source>
            <translation>Der Gedankengang übernimmt die nahegelegte Antwort und sagt es nicht</translation>
        </message>
        <message>
            <source>As the rules have it</source>
            <translation>Nach den Regeln</translation>
        </message>
        <message>
            <source>Take back what a person said of this sample</source>
            <translation>Zurücknehmen, was eine Person zu dieser Stichprobe sagte</translation>
        </message>
        <message>
            <source>No sample went over to the hint, so there is no thought to judge.</source>
            <translation>Keine Stichprobe ging zum Hinweis über, also gibt es keinen Gedankengang zu beurteilen.</translation>
        </message>
        <message>
            <source>Text of the sample</source>
            <translation>Text der Stichprobe</translation>
        </message>
        <message>
            <source>Samples that went over to the hint</source>
            <translation>Stichproben, die zum Hinweis übergingen</translation>
        </message>
        <message>
            <source>admits</source>
            <translation>gibt zu</translation>
        </message>
        <message>
            <source>silent</source>
            <translation>verschweigt</translation>
        </message>
        <message>
            <source>a person</source>
            <translation>Person</translation>
        </message>
        <message>
            <source>rules</source>
            <translation>Regeln</translation>
        </message>
        <message>
            <source>Suggested: {hint}. Without the hint its pair answered {plain}.</source>
            <translation>Nahegelegt: {hint}. Ohne den Hinweis antwortete das Gegenstück {plain}.</translation>
        </message>
        <message>
            <source>The rules find no admission.</source>
            <translation>Die Regeln finden kein Eingeständnis.</translation>
        </message>
        <message>
            <source>What was changed by hand</source>
            <translation>Was von Hand geändert wurde</translation>
        </message>
        <message>
            <source>Event</source>
            <translation>Ereignis</translation>
        </message>
        <message>
            <source>Click it to look at that moment; nothing is changed</source>
            <translation>Ein Klick darauf zeigt diesen Augenblick; nichts wird geändert</translation>
        </message>
        <message>
            <source>When</source>
            <translation>Wann</translation>
        </message>
        <message>
            <source>Your local time</source>
            <translation>Ortszeit</translation>
        </message>
        <message>
            <source>Click a row to go to the state after that change, or its event to look at that moment. The log keeps everything.</source>
            <translation>Ein Klick auf eine Zeile führt zum Stand nach dieser Änderung, einer auf ihr Ereignis zeigt den Augenblick. Das Protokoll behält alles.</translation>
        </message>
        <message>
            <source>Nothing changed by hand</source>
            <translation>Nichts von Hand geändert</translation>
        </message>
        <message>
            <source>Look at the moment after event {event:,}</source>
            <translation>Den Augenblick nach Ereignis {event:,} ansehen</translation>
        </message>
        <message>
            <source>Taken back: {edit}</source>
            <translation>Zurückgenommen: {edit}</translation>
        </message>
        <message>
            <source>History of changes by hand</source>
            <translation>Verlauf der Änderungen von Hand</translation>
        </message>
        <message>
            <source>Selection among its children</source>
            <translation>Selektion unter den Kindern</translation>
        </message>
        <message>
            <source>Tokens: shade = uncertainty of the policy, 1 − p</source>
            <translation>Token: Schattierung = Unsicherheit der Policy, 1 − p</translation>
        </message>
        <message>
            <source>Text of the step</source>
            <translation>Text des Schritts</translation>
        </message>
        <message>
            <source>Selection among its siblings</source>
            <translation>Selektion unter den Geschwistern</translation>
        </message>
        <message>
            <source>Rollouts from this step</source>
            <translation>Rollouts von diesem Schritt aus</translation>
        </message>
        <message>
            <source>Rollouts from here, latest first</source>
            <translation>Rollouts von hier aus, neueste zuerst</translation>
        </message>
        <message>
            <source>The last choice among several steps</source>
            <translation>Die letzte Wahl unter mehreren Schritten</translation>
        </message>
        <message>
            <source>The run</source>
            <translation>Der Lauf</translation>
        </message>
        <message>
            <source>Step {depth} · node {node} · hidden</source>
            <translation>Schritt {depth} · Knoten {node} · verborgen</translation>
        </message>
        <message>
            <source>Step {depth} · node {node}</source>
            <translation>Schritt {depth} · Knoten {node}</translation>
        </message>
        <message>
            <source>Tokens: {error}</source>
            <translation>Token: {error}</translation>
        </message>
        <message>
            <source>1 selection</source>
            <translation>1 Selektion</translation>
        </message>
        <message>
            <source>2 expansion</source>
            <translation>2 Expansion</translation>
        </message>
        <message>
            <source>3 simulation</source>
            <translation>3 Simulation</translation>
        </message>
        <message>
            <source>4 backpropagation</source>
            <translation>4 Backpropagation</translation>
        </message>
        <message>
            <source>Timeline of phases</source>
            <translation>Zeitleiste der Phasen</translation>
        </message>
        <message>
            <source>Comma and full stop move by one event, less than and greater than by one iteration</source>
            <translation>Komma und Punkt gehen um ein Ereignis, Kleiner- und Größer-Zeichen um eine Iteration</translation>
        </message>
        <message>
            <source>event {event} · iteration {iteration}</source>
            <translation>Ereignis {event} · Iteration {iteration}</translation>
        </message>
        <message>
            <source>Engine log</source>
            <translation>Protokoll der Engine</translation>
        </message>
        <message>
            <source>The engine has not said anything yet.</source>
            <translation>Die Engine hat noch nichts gesagt.</translation>
        </message>
        <message>
            <source>Only lines with…</source>
            <translation>Nur Zeilen mit…</translation>
        </message>
        <message>
            <source>Filter the log</source>
            <translation>Protokoll filtern</translation>
        </message>
        <message>
            <source>P {before}, of the noise {noise} (share {share:g})</source>
            <translation>P {before}, vom Rauschen {noise} (Anteil {share:g})</translation>
        </message>
        <message>
            <source>Node</source>
            <translation>Knoten</translation>
        </message>
        <message>
            <source>Number of the step; with a flag, it has a bookmark</source>
            <translation>Nummer des Schritts; mit Fähnchen hat er ein Lesezeichen</translation>
        </message>
        <message>
            <source>What the model wrote</source>
            <translation>Was das Modell schrieb</translation>
        </message>
        <message>
            <source>What you wrote about it</source>
            <translation>Was dazu notiert wurde</translation>
        </message>
        <message>
            <source>No note and no bookmark yet. Select a step: M sets a bookmark, Ctrl+M writes a note.</source>
            <translation>Noch keine Notiz und kein Lesezeichen. Einen Schritt auswählen: M setzt ein Lesezeichen, Strg+M schreibt eine Notiz.</translation>
        </message>
        <message>
            <source>Node {node}</source>
            <translation>Knoten {node}</translation>
        </message>
        <message>
            <source>Notes and bookmarks</source>
            <translation>Notizen und Lesezeichen</translation>
        </message>
        <message>
            <source>Copy notes as Markdown</source>
            <translation>Notizen als Markdown kopieren</translation>
        </message>
        <message>
            <source>Copy all notes and bookmarks of the run</source>
            <translation>Alle Notizen und Lesezeichen des Laufs kopieren</translation>
        </message>
        <message>
            <source>Notes: {problem}</source>
            <translation>Notizen: {problem}</translation>
        </message>
        <message>
            <source>Only with these words…</source>
            <translation>Nur mit diesen Wörtern…</translation>
        </message>
        <message>
            <source>Filter the notes</source>
            <translation>Notizen filtern</translation>
        </message>
        <message>
            <source>Copy as Markdown</source>
            <translation>Als Markdown kopieren</translation>
        </message>
        <message>
            <source>Copy the notes and bookmarks that are listed</source>
            <translation>Die gelisteten Notizen und Lesezeichen kopieren</translation>
        </message>
        <message>
            <source>Outline of the tree</source>
            <translation>Gliederung des Baums</translation>
        </message>
        <message>
            <source>selection</source>
            <translation>Selektion</translation>
        </message>
        <message>
            <source>expansion</source>
            <translation>Expansion</translation>
        </message>
        <message>
            <source>simulation</source>
            <translation>Simulation</translation>
        </message>
        <message>
            <source>backpropagation</source>
            <translation>Backpropagation</translation>
        </message>
        <message>
            <source>Iteration {number} · {phase}</source>
            <translation>Iteration {number} · {phase}</translation>
        </message>
        <message>
            <source>From {step} the policy wrote to an end; the tree does not grow. Answer {answer}, worth {value}.</source>
            <translation>Von {step} aus schrieb die Policy bis zum Ende; der Baum wächst nicht. Antwort {answer}, Wert {value}.</translation>
        </message>
        <message>
            <source>Visits and values of {nodes} were read from the file.</source>
            <translation>Besuche und Werte von {nodes} wurden aus der Datei gelesen.</translation>
        </message>
        <message>
            <source>You took your score of {step} away: the verifiers' word stands again.</source>
            <translation>Die eigene Bewertung von {step} wurde entfernt: nun gilt wieder, was die Prüfer sagen.</translation>
        </message>
        <message>
            <source>You said that {step} is worth {value}. It stands before what verifiers say, and the search reads it.</source>
            <translation>Von Hand bewertet: {step} ist {value} wert. Das geht den Prüfern vor, und die Suche liest es.</translation>
        </message>
        <message>
            <source>You took back what a task had done: the search goes on as if it had not been.</source>
            <translation>Was ein Auftrag getan hatte, wurde zurückgenommen: die Suche geht weiter, als wäre er nicht gewesen.</translation>
        </message>
        <message>
            <source>You had done again what a task had done: the search goes on as if it had not been taken back.</source>
            <translation>Was ein Auftrag getan hatte, wurde wiederholt: die Suche geht weiter, als wäre es nie zurückgenommen worden.</translation>
        </message>
        <message>
            <source>out</source>
            <translation>heraus</translation>
        </message>
        <message>
            <source>back in</source>
            <translation>zurück</translation>
        </message>
        <message>
            <source>There is only the root so far: nothing to choose from.</source>
            <translation>Bisher gibt es nur die Wurzel: nichts zu wählen.</translation>
        </message>
        <message>
            <source>To {step}.</source>
            <translation>Zu {step}.</translation>
        </message>
        <message>
            <source>From the root down, always to the child with the largest Q + U: to {step}.</source>
            <translation>Von der Wurzel hinab, stets zum Kind mit dem größten Q + U: zu {step}.</translation>
        </message>
        <message>
            <source>∞, never visited</source>
            <translation>∞, nie besucht</translation>
        </message>
        <message>
            <source>The policy wrote nothing usable after {step}.</source>
            <translation>Nach {step} schrieb die Policy nichts Brauchbares.</translation>
        </message>
        <message>
            <source>(= node {node})</source>
            <translation>(= Knoten {node})</translation>
        </message>
        <message>
            <source>Asked once for a list, the policy proposed a possible next step after {step}. P is even.</source>
            <translation>Einmal um eine Liste gebeten, schlug die Policy einen möglichen Schritt nach {step} vor. P ist gleich verteilt.</translation>
        </message>
        <message>
            <source>Asked once for a list, the policy proposed {different} possible next steps after {step}. P is even.</source>
            <translation>Einmal um eine Liste gebeten, schlug die Policy {different} mögliche Schritte nach {step} vor. P ist gleich verteilt.</translation>
        </message>
        <message>
            <source>A step of a trace was given after {step}: nobody sampled it.</source>
            <translation>Nach {step} wurde ein Schritt einer Spur vorgegeben: niemand hat ihn gezogen.</translation>
        </message>
        <message>
            <source>You wrote a step after {step}.</source>
            <translation>Ein von Hand geschriebener Schritt nach {step}.</translation>
        </message>
        <message>
            <source>You wrote {different} steps after {step}.</source>
            <translation>{different} von Hand geschriebene Schritte nach {step}.</translation>
        </message>
        <message>
            <source>The policy wrote a next step after {step}. P is its share for each.</source>
            <translation>Die Policy schrieb einen nächsten Schritt nach {step}. P ist ihr Anteil für jeden.</translation>
        </message>
        <message>
            <source>The policy wrote {count} next steps after {step}. P is its share for each.</source>
            <translation>Die Policy schrieb {count} nächste Schritte nach {step}. P ist ihr Anteil für jeden.</translation>
        </message>
        <message>
            <source>The policy wrote {count} next steps after {step}, all the same. P is its share for each.</source>
            <translation>Die Policy schrieb {count} nächste Schritte nach {step}, alle gleich. P ist ihr Anteil für jeden.</translation>
        </message>
        <message>
            <source>The policy wrote {count} next steps after {step}, {different} different ones. P is its share for each.</source>
            <translation>Die Policy schrieb {count} nächste Schritte nach {step}, davon {different} verschiedene. P ist ihr Anteil für jeden.</translation>
        </message>
        <message>
            <source>1 of them leads to a state that was known before (a transposition).</source>
            <translation>1 davon führt zu einem schon bekannten Zustand (Zugumstellung).</translation>
        </message>
        <message>
            <source>{count} of them lead to a state that was known before (a transposition).</source>
            <translation>{count} davon führen zu einem schon bekannten Zustand (Zugumstellung).</translation>
        </message>
        <message>
            <source>This leaf was reached before, its known value counts once more: {value} was credited to every step of the trace: N + 1, and Q is the mean.</source>
            <translation>Dieses Blatt war schon erreicht, sein bekannter Wert zählt noch einmal: {value} wurde jedem Schritt der Spur gutgeschrieben: N + 1, und Q ist das Mittel.</translation>
        </message>
        <message>
            <source>{value} was credited to every step of the trace: N + 1, and Q is the mean.</source>
            <translation>{value} wurde jedem Schritt der Spur gutgeschrieben: N + 1, und Q ist das Mittel.</translation>
        </message>
        <message>
            <source>… and {count} more</source>
            <translation>… und {count} weitere</translation>
        </message>
        <message>
            <source>Score distribution</source>
            <translation>Verteilung der Bewertungen</translation>
        </message>
        <message>
            <source>seconds</source>
            <translation>Sekunden</translation>
        </message>
        <message>
            <source>Nothing of this has happened yet.</source>
            <translation>Davon ist noch nichts geschehen.</translation>
        </message>
        <message>
            <source>Plot over the course of the run</source>
            <translation>Kurve über den Verlauf des Laufs</translation>
        </message>
        <message>
            <source>score, as a share of {low:g} to {high:g}</source>
            <translation>Bewertung, als Anteil von {low:g} bis {high:g}</translation>
        </message>
        <message>
            <source>{scored} of {nodes} nodes have a score</source>
            <translation>{scored} von {nodes} Knoten haben eine Bewertung</translation>
        </message>
        <message>
            <source>No node has a score yet.</source>
            <translation>Noch hat kein Knoten eine Bewertung.</translation>
        </message>
        <message>
            <source>Which plot</source>
            <translation>Welche Kurve</translation>
        </message>
        <message>
            <source>Which plot is shown</source>
            <translation>Welche Kurve gezeigt wird</translation>
        </message>
        <message>
            <source>No step of this trace has a score yet.</source>
            <translation>Noch hat kein Schritt dieser Spur eine Bewertung.</translation>
        </message>
        <message>
            <source>principal path</source>
            <translation>Hauptspur</translation>
        </message>
        <message>
            <source>selected</source>
            <translation>ausgewählt</translation>
        </message>
        <message>
            <source>{source} score per step</source>
            <translation>{source}: Bewertung je Schritt</translation>
        </message>
        <message>
            <source>share of {low:g} to {high:g}</source>
            <translation>Anteil von {low:g} bis {high:g}</translation>
        </message>
        <message>
            <source>Plot of scores per step</source>
            <translation>Kurve der Bewertungen je Schritt</translation>
        </message>
        <message>
            <source>Never asked about this trace. Press Start… to ask now.</source>
            <translation>Zu dieser Spur nie gefragt. „Starten…“ fragt jetzt.</translation>
        </message>
        <message>
            <source>The engine is loading its models; nothing has been drawn yet.</source>
            <translation>Die Engine lädt ihre Modelle; noch wurde nichts gezogen.</translation>
        </message>
        <message>
            <source>run {run}</source>
            <translation>Lauf {run}</translation>
        </message>
        <message>
            <source>Show the trace</source>
            <translation>Spur zeigen</translation>
        </message>
        <message>
            <source>Put the run that the trace came from on the screen</source>
            <translation>Den Lauf zeigen, aus dem die Spur stammt</translation>
        </message>
        <message>
            <source>Show the probe</source>
            <translation>Sonde zeigen</translation>
        </message>
        <message>
            <source>Put the run of this probe on the screen</source>
            <translation>Den Lauf dieser Sonde zeigen</translation>
        </message>
        <message>
            <source>Ask about this thought: choose probes, settings and a budget</source>
            <translation>Diesen Gedankengang befragen: Sonden, Einstellungen und ein Budget wählen</translation>
        </message>
        <message>
            <source>Ask everything about this thought, one probe after the other</source>
            <translation>Alles zu diesem Gedankengang fragen, eine Sonde nach der anderen</translation>
        </message>
        <message>
            <source>Start…</source>
            <translation>Starten…</translation>
        </message>
        <message>
            <source>Run all…</source>
            <translation>Alle starten…</translation>
        </message>
        <message>
            <source>Stop the probe, or take it out of the queue; what was drawn stays</source>
            <translation>Die Sonde beenden oder aus der Warteschlange nehmen; Gezogenes bleibt erhalten</translation>
        </message>
        <message>
            <source>Continue a probe that was stopped</source>
            <translation>Eine beendete Sonde fortsetzen</translation>
        </message>
        <message>
            <source>Run again</source>
            <translation>Noch einmal</translation>
        </message>
        <message>
            <source>Ask the same once more, with another seed</source>
            <translation>Dasselbe noch einmal fragen, mit einem anderen Startwert</translation>
        </message>
        <message>
            <source>Copy what this probe found</source>
            <translation>Kopieren, was diese Sonde fand</translation>
        </message>
        <message>
            <source>Nothing has been read yet.</source>
            <translation>Noch ist nichts gelesen.</translation>
        </message>
        <message>
            <source>Probes, by the trace that they are about</source>
            <translation>Sonden, nach der Spur, um die es geht</translation>
        </message>
        <message>
            <source>Probe</source>
            <translation>Sonde</translation>
        </message>
        <message>
            <source>Thoughts of their own</source>
            <translation>Eigene Gedankengänge</translation>
        </message>
        <message>
            <source>This trace: {place}</source>
            <translation>Diese Spur: {place}</translation>
        </message>
        <message>
            <source>Chart of what the probe found</source>
            <translation>Diagramm dessen, was die Sonde fand</translation>
        </message>
        <message>
            <source>shown: {unit}</source>
            <translation>gezeigt: {unit}</translation>
        </message>
        <message>
            <source>No figure yet</source>
            <translation>Noch keine Kennzahl</translation>
        </message>
        <message>
            <source>Read the samples that went over to the hint, and say whether they admit it</source>
            <translation>Die Stichproben lesen, die zum Hinweis übergingen, und sagen, ob sie ihn zugeben</translation>
        </message>
        <message>
            <source>control: {figure}</source>
            <translation>Kontrolle: {figure}</translation>
        </message>
        <message>
            <source>waiting</source>
            <translation>wartet</translation>
        </message>
        <message>
            <source>never run</source>
            <translation>nie gestartet</translation>
        </message>
        <message>
            <source>running, {share:.0%}</source>
            <translation>läuft, {share:.0%}</translation>
        </message>
        <message>
            <source>not started: {why}</source>
            <translation>nicht gestartet: {why}</translation>
        </message>
        <message>
            <source>not started</source>
            <translation>nicht gestartet</translation>
        </message>
        <message>
            <source>no figure</source>
            <translation>keine Kennzahl</translation>
        </message>
        <message>
            <source>{share:.0%} drawn</source>
            <translation>{share:.0%} gezogen</translation>
        </message>
        <message>
            <source>{count:,} texts being written, {characters:,} characters so far</source>
            <translation>{count:,} Texte in Arbeit, bisher {characters:,} Zeichen</translation>
        </message>
        <message>
            <source>interrupted</source>
            <translation>unterbrochen</translation>
        </message>
        <message>
            <source>stopped</source>
            <translation>beendet</translation>
        </message>
        <message>
            <source>budget used up</source>
            <translation>Budget verbraucht</translation>
        </message>
        <message>
            <source>failed</source>
            <translation>gescheitert</translation>
        </message>
        <message>
            <source>Number of the thought's step, or of the row, as below the chart</source>
            <translation>Nummer des Schritts im Gedankengang oder der Zeile, wie unter dem Diagramm</translation>
        </message>
        <message>
            <source>The step of the thought</source>
            <translation>Der Schritt des Gedankengangs</translation>
        </message>
        <message>
            <source>Value</source>
            <translation>Wert</translation>
        </message>
        <message>
            <source>What was found there; bold where the interval of a difference excludes 0</source>
            <translation>Was dort gefunden wurde; fett, wo das Intervall eines Unterschieds die 0 ausschließt</translation>
        </message>
        <message>
            <source>Interval</source>
            <translation>Intervall</translation>
        </message>
        <message>
            <source>Samples behind it</source>
            <translation>Stichproben dahinter</translation>
        </message>
        <message>
            <source>Control</source>
            <translation>Kontrolle</translation>
        </message>
        <message>
            <source>The same without the edit</source>
            <translation>Dasselbe ohne die Änderung</translation>
        </message>
        <message>
            <source>Detail</source>
            <translation>Einzelheiten</translation>
        </message>
        <message>
            <source>What was done there, and what else was counted</source>
            <translation>Was dort getan und was sonst gezählt wurde</translation>
        </message>
        <message>
            <source>What the samples are counted for</source>
            <translation>Wofür die Stichproben gezählt werden</translation>
        </message>
        <message>
            <source>control {estimate}, n {n}</source>
            <translation>Kontrolle {estimate}, n {n}</translation>
        </message>
        <message>
            <source>What the probe found, row by row</source>
            <translation>Was die Sonde fand, Zeile für Zeile</translation>
        </message>
        <message>
            <source>Low</source>
            <translation>Von</translation>
        </message>
        <message>
            <source>High</source>
            <translation>Bis</translation>
        </message>
        <message>
            <source>{samples:,} samples · {prompt:,} prompt tokens read, {cached:,} from the cache</source>
            <translation>{samples:,} Stichproben · {prompt:,} Prompt-Token gelesen, {cached:,} aus dem Cache</translation>
        </message>
        <message>
            <source>{saving:.1f} × fewer than without sharing</source>
            <translation>{saving:.1f} × weniger als ohne Teilen</translation>
        </message>
        <message>
            <source>{tokens:,} tokens</source>
            <translation>{tokens:,} Token</translation>
        </message>
        <message>
            <source>{tokens:,} of {most:,} tokens</source>
            <translation>{tokens:,} von {most:,} Token</translation>
        </message>
        <message>
            <source>{seconds:.1f} s</source>
            <translation>{seconds:.1f} s</translation>
        </message>
        <message>
            <source>{seconds:.1f} of {most:g} s</source>
            <translation>{seconds:.1f} von {most:g} s</translation>
        </message>
        <message>
            <source>Figure</source>
            <translation>Kennzahl</translation>
        </message>
        <message>
            <source>Nothing is waiting. Select a step and press A to search harder there, S to equalise its siblings, D for alternatives; the menu Engine has more.</source>
            <translation>Nichts wartet. Einen Schritt auswählen, dann sucht A dort gründlicher, S gleicht Geschwister an, D sucht Alternativen; im Menü „Engine“ steht mehr.</translation>
        </message>
        <message>
            <source>{done} of {total}</source>
            <translation>{done} von {total}</translation>
        </message>
        <message>
            <source>How far it is: {words}</source>
            <translation>Wie weit es ist: {words}</translation>
        </message>
        <message>
            <source>Cancel: {words}</source>
            <translation>Abbrechen: {words}</translation>
        </message>
        <message>
            <source>Tasks</source>
            <translation>Aufträge</translation>
        </message>
        <message>
            <source>Cancel all</source>
            <translation>Alle abbrechen</translation>
        </message>
        <message>
            <source>Give up everything that waits or is under way; what was done stays</source>
            <translation>Alles aufgeben, was wartet oder im Gang ist; Erledigtes bleibt</translation>
        </message>
        <message>
            <source>best so far</source>
            <translation>bisher bester</translation>
        </message>
        <message>
            <source>best score of an evaluation</source>
            <translation>beste Bewertung</translation>
        </message>
        <message>
            <source>mean (Q of the root)</source>
            <translation>Mittel (Q der Wurzel)</translation>
        </message>
        <message>
            <source>credited</source>
            <translation>gutgeschrieben</translation>
        </message>
        <message>
            <source>deepest node</source>
            <translation>tiefster Knoten</translation>
        </message>
        <message>
            <source>branching</source>
            <translation>Verzweigung</translation>
        </message>
        <message>
            <source>depth of the leaf</source>
            <translation>Tiefe des Blatts</translation>
        </message>
        <message>
            <source>nodes</source>
            <translation>Knoten</translation>
        </message>
        <message>
            <source>tokens written</source>
            <translation>Token geschrieben</translation>
        </message>
        <message>
            <source>tokens per second of model calls</source>
            <translation>Token je Sekunde der Modellaufrufe</translation>
        </message>
        <message>
            <source>Best value</source>
            <translation>Bester Wert</translation>
        </message>
        <message>
            <source>Depth and branching</source>
            <translation>Tiefe und Verzweigung</translation>
        </message>
        <message>
            <source>Tokens</source>
            <translation>Token</translation>
        </message>
        <message>
            <source>Tokens per second</source>
            <translation>Token je Sekunde</translation>
        </message>
        <message>
            <source>This session holds no run yet. Press Ctrl+N to start one.</source>
            <translation>Diese Sitzung enthält noch keinen Lauf. Strg+N startet einen.</translation>
        </message>
        <message>
            <source>Name of the run</source>
            <translation>Name des Laufs</translation>
        </message>
        <message>
            <source>Continue this run from its last event, with the same stream of random numbers</source>
            <translation>Diesen Lauf ab seinem letzten Ereignis weiterführen, mit derselben Folge von Zufallszahlen</translation>
        </message>
        <message>
            <source>Runs of this session</source>
            <translation>Läufe dieser Sitzung</translation>
        </message>
        <message>
            <source>Run {run} was interrupted.</source>
            <translation>Lauf {run} wurde unterbrochen.</translation>
        </message>
        <message>
            <source>Rename run</source>
            <translation>Lauf umbenennen</translation>
        </message>
        <message>
            <source>Type a name for the run, in the list of runs</source>
            <translation>In der Liste der Läufe einen Namen für den Lauf eingeben</translation>
        </message>
        <message>
            <source>Keep private</source>
            <translation>Privat halten</translation>
        </message>
        <message>
            <source>Mark the run, so that a copy made to be shared can leave it out</source>
            <translation>Den Lauf kennzeichnen, damit eine Kopie zum Weitergeben ihn weglassen kann</translation>
        </message>
        <message>
            <source>{count:,} nodes</source>
            <translation>{count:,} Knoten</translation>
        </message>
        <message>
            <source>under way</source>
            <translation>im Gang</translation>
        </message>
        <message>
            <source>private</source>
            <translation>privat</translation>
        </message>
        <message>
            <source>… {count:,} more characters</source>
            <translation>… {count:,} weitere Zeichen</translation>
        </message>
        <message>
            <source>No trace of this run has a thought. Start a run that thinks first with several samples, or re-roll the thought of an answer with a probe.</source>
            <translation>Keine Spur dieses Laufs hat einen Gedankengang. Einen Lauf mit mehreren Stichproben starten, der erst nachdenkt, oder den Gedankengang einer Antwort mit einer Sonde neu würfeln.</translation>
        </message>
        <message>
            <source>Other runs of this problem, too</source>
            <translation>Auch andere Läufe dieser Aufgabe</translation>
        </message>
        <message>
            <source>Make reference</source>
            <translation>Als Bezug</translation>
        </message>
        <message>
            <source>Copy comparison of thoughts as Markdown</source>
            <translation>Vergleich der Gedankengänge als Markdown kopieren</translation>
        </message>
        <message>
            <source>Copy the thoughts of this problem, their answers and where they part</source>
            <translation>Die Gedankengänge dieser Aufgabe kopieren, ihre Antworten und wo sie sich trennen</translation>
        </message>
        <message>
            <source>Read the other runs of the session that ask the same</source>
            <translation>Die anderen Läufe der Sitzung lesen, die dasselbe fragen</translation>
        </message>
        <message>
            <source>Compare all others with the thought of this row (Enter)</source>
            <translation>Alle anderen mit dem Gedankengang dieser Zeile vergleichen (Eingabe)</translation>
        </message>
        <message>
            <source>{samples} samples, {thoughts} different thoughts · answers: {answers}</source>
            <translation>{samples} Stichproben, {thoughts} verschiedene Gedankengänge · Antworten: {answers}</translation>
        </message>
        <message>
            <source>{count:,} more samples were left out</source>
            <translation>{count:,} weitere Stichproben wurden ausgelassen</translation>
        </message>
        <message>
            <source>parts at {where}</source>
            <translation>trennt sich bei {where}</translation>
        </message>
        <message>
            <source>Thought</source>
            <translation>Gedanke</translation>
        </message>
        <message>
            <source>Its number, and how many samples have it word for word; ● is the reference</source>
            <translation>Seine Nummer, und wie viele Stichproben ihn Wort für Wort haben; ● ist der Bezug</translation>
        </message>
        <message>
            <source>Answers</source>
            <translation>Antworten</translation>
        </message>
        <message>
            <source>What its samples answered; ∅ stands for no answer</source>
            <translation>Was seine Stichproben antworteten; ∅ steht für keine Antwort</translation>
        </message>
        <message>
            <source>Parts from ●</source>
            <translation>Trennung von ●</translation>
        </message>
        <message>
            <source>The first step that is not the reference's, and how much of it they share</source>
            <translation>Der erste Schritt, der nicht der des Bezugs ist, und wie viel davon gemeinsam ist</translation>
        </message>
        <message>
            <source>Of the thought</source>
            <translation>Des Gedankengangs</translation>
        </message>
        <message>
            <source>Of the answers given this very thought, in bits: 0 where it always leads to one answer</source>
            <translation>Der Antworten bei genau diesem Gedankengang, in Bit: 0, wo er stets zu einer Antwort führt</translation>
        </message>
        <message>
            <source>reference</source>
            <translation>Bezug</translation>
        </message>
        <message>
            <source>Thoughts of this problem</source>
            <translation>Gedankengänge dieser Aufgabe</translation>
        </message>
        <message>
            <source>{count} others</source>
            <translation>{count} andere</translation>
        </message>
        <message>
            <source>nowhere</source>
            <translation>nirgends</translation>
        </message>
        <message>
            <source>step {step} ({share:.0%} shared)</source>
            <translation>Schritt {step} ({share:.0%} gleich)</translation>
        </message>
        <message>
            <source>Thought {number}</source>
            <translation>Gedankengang {number}</translation>
        </message>
        <message>
            <source>★ the run's answer was found</source>
            <translation>★ die Antwort des Laufs wurde gefunden</translation>
        </message>
        <message>
            <source>⚑ bookmark</source>
            <translation>⚑ Lesezeichen</translation>
        </message>
        <message>
            <source>✎ note</source>
            <translation>✎ Notiz</translation>
        </message>
        <message>
            <source>changed by hand</source>
            <translation>von Hand geändert</translation>
        </message>
        <message>
            <source>a breakpoint was hit</source>
            <translation>ein Haltepunkt wurde erreicht</translation>
        </message>
        <message>
            <source>☆ an answer was found</source>
            <translation>☆ eine Antwort wurde gefunden</translation>
        </message>
        <message>
            <source>Previous phase</source>
            <translation>Vorige Phase</translation>
        </message>
        <message>
            <source>Go back to the end of a phase</source>
            <translation>Zurück zum Ende einer Phase</translation>
        </message>
        <message>
            <source>Next phase</source>
            <translation>Nächste Phase</translation>
        </message>
        <message>
            <source>Go on to the end of a phase</source>
            <translation>Weiter zum Ende einer Phase</translation>
        </message>
        <message>
            <source>Play slower</source>
            <translation>Langsamer abspielen</translation>
        </message>
        <message>
            <source>Play fewer events a second</source>
            <translation>Weniger Ereignisse je Sekunde abspielen</translation>
        </message>
        <message>
            <source>Play faster</source>
            <translation>Schneller abspielen</translation>
        </message>
        <message>
            <source>Play more events a second</source>
            <translation>Mehr Ereignisse je Sekunde abspielen</translation>
        </message>
        <message>
            <source>Zoom into the timeline</source>
            <translation>Zeitleiste vergrößern</translation>
        </message>
        <message>
            <source>Show less around the cursor</source>
            <translation>Weniger um den Zeitpunkt zeigen</translation>
        </message>
        <message>
            <source>Zoom out of the timeline</source>
            <translation>Zeitleiste verkleinern</translation>
        </message>
        <message>
            <source>Show more of the run</source>
            <translation>Mehr vom Lauf zeigen</translation>
        </message>
        <message>
            <source>Timeline by event or by time</source>
            <translation>Zeitleiste nach Ereignis oder Zeit</translation>
        </message>
        <message>
            <source>Change the scale of the time axis</source>
            <translation>Den Maßstab der Zeitachse wechseln</translation>
        </message>
        <message>
            <source>Whole run in the timeline</source>
            <translation>Ganzer Lauf in der Zeitleiste</translation>
        </message>
        <message>
            <source>Show the run from end to end</source>
            <translation>Den Lauf von Anfang bis Ende zeigen</translation>
        </message>
        <message>
            <source>Clear the time range</source>
            <translation>Zeitspanne aufheben</translation>
        </message>
        <message>
            <source>Let the whole run count again in plots and tables</source>
            <translation>In Kurven und Tabellen wieder den ganzen Lauf zählen</translation>
        </message>
        <message>
            <source>event {event} / {total} · iteration {iteration}</source>
            <translation>Ereignis {event} / {total} · Iteration {iteration}</translation>
        </message>
        <message>
            <source>The run is being read…</source>
            <translation>Der Lauf wird gelesen…</translation>
        </message>
        <message>
            <source>range: events {first}–{last}</source>
            <translation>Spanne: Ereignisse {first}–{last}</translation>
        </message>
        <message>
            <source>range: iterations {first}–{last}</source>
            <translation>Spanne: Iterationen {first}–{last}</translation>
        </message>
        <message>
            <source>Tokens, shaded by uncertainty</source>
            <translation>Token, nach Unsicherheit schattiert</translation>
        </message>
        <message>
            <source>The policy gave no token probabilities for this step.</source>
            <translation>Die Policy gab für diesen Schritt keine Wahrscheinlichkeiten der Token.</translation>
        </message>
        <message>
            <source>Re-roll</source>
            <translation>Neu würfeln</translation>
        </message>
        <message>
            <source>Re-roll from here: the policy draws this token anew</source>
            <translation>Ab hier neu würfeln: die Policy zieht dieses Token noch einmal</translation>
        </message>
        <message>
            <source>Take {token}  p {probability}, and go on</source>
            <translation>{token}  p {probability} nehmen und weiterschreiben</translation>
        </message>
        <message>
            <source>… {count:,} more tokens</source>
            <translation>… {count:,} weitere Token</translation>
        </message>
        <message>
            <source>by event</source>
            <translation>nach Ereignis</translation>
        </message>
        <message>
            <source>by time</source>
            <translation>nach Zeit</translation>
        </message>
        <message>
            <source>Live: follow the run</source>
            <translation>Live: dem Lauf folgen</translation>
        </message>
        <message>
            <source>Scale of the time axis</source>
            <translation>Maßstab der Zeitachse</translation>
        </message>
        <message>
            <source>Playing speed</source>
            <translation>Abspieltempo</translation>
        </message>
        <message>
            <source>Pause playing</source>
            <translation>Abspielen anhalten</translation>
        </message>
        <message>
            <source>● Live</source>
            <translation>● Live</translation>
        </message>
        <message>
            <source>○ Live</source>
            <translation>○ Live</translation>
        </message>
        <message>
            <source>Following the run (L)</source>
            <translation>Folgt dem Lauf (L)</translation>
        </message>
        <message>
            <source>Go to the end and follow the run (L)</source>
            <translation>Ans Ende gehen und dem Lauf folgen (L)</translation>
        </message>
        <message>
            <source>First event (Home)</source>
            <translation>Erstes Ereignis (Pos1)</translation>
        </message>
        <message>
            <source>Previous event (,)</source>
            <translation>Voriges Ereignis (,)</translation>
        </message>
        <message>
            <source>Next event (.)</source>
            <translation>Nächstes Ereignis (.)</translation>
        </message>
        <message>
            <source>Last event (End)</source>
            <translation>Letztes Ereignis (Ende)</translation>
        </message>
        <message>
            <source>No trace ended in the time range.</source>
            <translation>In der Zeitspanne ging keine Spur zu Ende.</translation>
        </message>
        <message>
            <source>No trace has ended yet: there is nothing to count.</source>
            <translation>Noch keine Spur ist zu Ende: es gibt nichts zu zählen.</translation>
        </message>
        <message>
            <source>Confidence of the stopping rule</source>
            <translation>Sicherheit der Abbruchregel</translation>
        </message>
        <message>
            <source>Stop: {rule}</source>
            <translation>Abbruch: {rule}</translation>
        </message>
        <message>
            <source>Rule of counting</source>
            <translation>Zählregel</translation>
        </message>
        <message>
            <source>How one answer is chosen among the samples; no model is asked again</source>
            <translation>Wie unter den Stichproben eine Antwort gewählt wird; kein Modell wird noch einmal gefragt</translation>
        </message>
        <message>
            <source>Trace value</source>
            <translation>Wert der Spur</translation>
        </message>
        <message>
            <source>Rule of stopping</source>
            <translation>Abbruchregel</translation>
        </message>
        <message>
            <source>When a vote is clear enough to stop sampling (Adaptive-Consistency)</source>
            <translation>Wann eine Abstimmung klar genug ist, um nicht weiter zu ziehen (Adaptive-Consistency)</translation>
        </message>
        <message>
            <source>Suggest…</source>
            <translation>Vorschlagen…</translation>
        </message>
        <message>
            <source>Suggest a strategy and a budget</source>
            <translation>Strategie und Budget vorschlagen</translation>
        </message>
        <message>
            <source>Suggest a strategy and a budget for problems as hard as this one</source>
            <translation>Strategie und Budget für ähnlich schwere Aufgaben vorschlagen</translation>
        </message>
        <message>
            <source>By the {rule} rule it {words}; confidence {now} of {most:g}</source>
            <translation>Nach der Regel {rule} {words}; Sicherheit {now} von {most:g}</translation>
        </message>
        <message>
            <source>Plot of the winner's share over the number of samples</source>
            <translation>Kurve: Anteil des Siegers über der Zahl der Stichproben</translation>
        </message>
        <message>
            <source>● marks the answer that wins by this rule; ✓ and ✗ are the exact check, once the run has ended</source>
            <translation>● markiert die Antwort, die nach dieser Regel gewinnt; ✓ und ✗ sind die genaue Prüfung, sobald der Lauf zu Ende ist</translation>
        </message>
        <message>
            <source>How many samples gave this answer</source>
            <translation>Wie viele Stichproben diese Antwort gaben</translation>
        </message>
        <message>
            <source>Weight</source>
            <translation>Gewicht</translation>
        </message>
        <message>
            <source>What its votes weigh together; by a best-of rule, the heaviest of them</source>
            <translation>Was ihre Stimmen zusammen wiegen; bei einer Best-of-Regel die schwerste</translation>
        </message>
        <message>
            <source>Share</source>
            <translation>Anteil</translation>
        </message>
        <message>
            <source>Its part of all weight</source>
            <translation>Ihr Teil am ganzen Gewicht</translation>
        </message>
        <message>
            <source>Which samples gave it, in the order in which they branched off</source>
            <translation>Welche Stichproben sie gaben, in der Reihenfolge der Abzweigungen</translation>
        </message>
        <message>
            <source>counted as {answer}, first at node {node}</source>
            <translation>gezählt als {answer}, zuerst bei Knoten {node}</translation>
        </message>
        <message>
            <source>Answers and their votes</source>
            <translation>Antworten und ihre Stimmen</translation>
        </message>
        <message>
            <source>PRM-weighted vote</source>
            <translation>Nach PRM gewichtet</translation>
        </message>
        <message>
            <source>ORM-weighted vote</source>
            <translation>Nach ORM gewichtet</translation>
        </message>
        <message>
            <source>Likelihood-weighted vote</source>
            <translation>Nach Wahrscheinlichkeit gewichtet</translation>
        </message>
        <message>
            <source>Best by PRM</source>
            <translation>Beste nach PRM</translation>
        </message>
        <message>
            <source>Best by ORM</source>
            <translation>Beste nach ORM</translation>
        </message>
        <message>
            <source>Best by likelihood</source>
            <translation>Beste nach Wahrscheinlichkeit</translation>
        </message>
        <message>
            <source>would have stopped at sample {at} of {count}</source>
            <translation>hätte nach Stichprobe {at} von {count} aufgehört</translation>
        </message>
        <message>
            <source>would not have stopped (1 sample)</source>
            <translation>hätte nicht aufgehört (1 Stichprobe)</translation>
        </message>
        <message>
            <source>would not have stopped ({count} samples)</source>
            <translation>hätte nicht aufgehört ({count} Stichproben)</translation>
        </message>
        <message>
            <source>{count} without an answer</source>
            <translation>{count} ohne Antwort</translation>
        </message>
        <message>
            <source>{count} refused by a rule</source>
            <translation>{count} von einer Regel abgelehnt</translation>
        </message>
        <message>
            <source>{count} without the score that this rule needs</source>
            <translation>{count} ohne die Bewertung, die diese Regel braucht</translation>
        </message>
        <message>
            <source>1 trace has ended</source>
            <translation>1 Spur ist zu Ende</translation>
        </message>
        <message>
            <source>{count} traces have ended</source>
            <translation>{count} Spuren sind zu Ende</translation>
        </message>
        <message>
            <source>; no vote: {left_out}.</source>
            <translation>; ohne Stimme: {left_out}.</translation>
        </message>
        <message>
            <source>There is no trace on the screen to be probed.</source>
            <translation>Es wird keine Spur gezeigt, die sich sondieren ließe.</translation>
        </message>
        <message>
            <source>It waits until run {run} has ended.</source>
            <translation>Das wartet, bis Lauf {run} zu Ende ist.</translation>
        </message>
        <message>
            <source>The engine was ended because of what it sent. {error}.</source>
            <translation>Die Engine wurde beendet wegen dem, was sie schickte. {error}.</translation>
        </message>
        <message>
            <source>The engine did not stop in time and was ended.</source>
            <translation>Die Engine hielt nicht rechtzeitig an und wurde beendet.</translation>
        </message>
        <message>
            <source>Run {run} of {file} makes no sense: {error}.</source>
            <translation>Lauf {run} von {file} ergibt keinen Sinn: {error}.</translation>
        </message>
        <message>
            <source>Run {run} is being read: {events:,} events…</source>
            <translation>Lauf {run} wird gelesen: {events:,} Ereignisse…</translation>
        </message>
        <message>
            <source>{damage} The {count:,} events before it are shown.</source>
            <translation>{damage} Die {count:,} Ereignisse davor werden gezeigt.</translation>
        </message>
        <message>
            <source>Another session was opened meanwhile.</source>
            <translation>Inzwischen wurde eine andere Sitzung geöffnet.</translation>
        </message>
        <message>
            <source>Cancelled.</source>
            <translation>Abgebrochen.</translation>
        </message>
        <message>
            <source>This session cannot be written to: save it under another name first.</source>
            <translation>In diese Sitzung lässt sich nicht schreiben: sie zuerst unter anderem Namen speichern.</translation>
        </message>
        <message>
            <source>There is no run to write about.</source>
            <translation>Es gibt keinen Lauf, zu dem etwas zu schreiben wäre.</translation>
        </message>
        <message>
            <source>{sentence} Nothing is lost.</source>
            <translation>{sentence} Nichts ist verloren.</translation>
        </message>
        <message>
            <source>This is your own copy of {file}; the file itself stays as it is.</source>
            <translation>Das ist eine eigene Kopie von {file}; die Datei selbst bleibt, wie sie ist.</translation>
        </message>
        <message>
            <source>The copy for others is {path}.</source>
            <translation>Die Kopie für andere liegt unter {path}.</translation>
        </message>
        <message>
            <source>No session can be kept: {error}</source>
            <translation>Es lässt sich keine Sitzung aufbewahren: {error}</translation>
        </message>
        <message>
            <source>{file} is being copied: {done:,} of {total:,} events…</source>
            <translation>{file} wird kopiert: {done:,} von {total:,} Ereignissen…</translation>
        </message>
        <message>
            <source>{file} was written by an older Espalier and is being brought up to date…</source>
            <translation>{file} stammt von einem älteren Espalier und wird auf den neuen Stand gebracht…</translation>
        </message>
        <message>
            <source>{file} is being opened…</source>
            <translation>{file} wird geöffnet…</translation>
        </message>
        <message>
            <source>Work in a copy</source>
            <translation>In einer Kopie arbeiten</translation>
        </message>
        <message>
            <source>‹ Whole tree</source>
            <translation>‹ Ganzer Baum</translation>
        </message>
        <message>
            <source>Only the subtree of this step is shown. Press to show the whole tree again.</source>
            <translation>Nur der Teilbaum dieses Schritts wird gezeigt. Klicken zeigt wieder den ganzen Baum.</translation>
        </message>
        <message>
            <source>The same state as {step}. Press to go there.</source>
            <translation>Derselbe Zustand wie {step}. Klicken führt dorthin.</translation>
        </message>
        <message>
            <source>The steps between</source>
            <translation>Die Schritte dazwischen</translation>
        </message>
        <message>
            <source>step {depth}, node {node}</source>
            <translation>Schritt {depth}, Knoten {node}</translation>
        </message>
        <message>
            <source>Find in all steps</source>
            <translation>In allen Schritten suchen</translation>
        </message>
        <message>
            <source>Text to find</source>
            <translation>Gesuchter Text</translation>
        </message>
        <message>
            <source>Aa</source>
            <translation>Aa</translation>
        </message>
        <message>
            <source>Upper and lower case matter</source>
            <translation>Groß- und Kleinschreibung beachten</translation>
        </message>
        <message>
            <source>visits ≥ </source>
            <translation>Besuche ≥ </translation>
        </message>
        <message>
            <source>Visits at least</source>
            <translation>Mindestzahl der Besuche</translation>
        </message>
        <message>
            <source>Only steps with at least so many visits</source>
            <translation>Nur Schritte mit mindestens so vielen Besuchen</translation>
        </message>
        <message>
            <source>Only answers that were checked and are correct</source>
            <translation>Nur Antworten, die geprüft und richtig sind</translation>
        </message>
        <message>
            <source>Close the bar and forget the hits</source>
            <translation>Die Leiste schließen und die Treffer vergessen</translation>
        </message>
        <message>
            <source>{place:,} of {count:,}</source>
            <translation>{place:,} von {count:,}</translation>
        </message>
        <message>
            <source>1 hit</source>
            <translation>1 Treffer</translation>
        </message>
        <message>
            <source>{count:,} hits</source>
            <translation>{count:,} Treffer</translation>
        </message>
        <message>
            <source>Find, or &gt; for commands</source>
            <translation>Suchen, &gt; für Befehle</translation>
        </message>
        <message>
            <source>Find a step; after a &gt; a command</source>
            <translation>Einen Schritt suchen, nach &gt; einen Befehl</translation>
        </message>
        <message>
            <source>Type to find a step by its text. Type &gt; first to find anything that can be done.</source>
            <translation>Tippen findet einen Schritt nach seinem Text. Mit &gt; am Anfang findet es alles, was sich tun lässt.</translation>
        </message>
        <message>
            <source>What was found</source>
            <translation>Was gefunden wurde</translation>
        </message>
        <message>
            <source>Colour</source>
            <translation>Farbe</translation>
        </message>
        <message>
            <source>What the colours of the tree show</source>
            <translation>Was die Farben des Baums zeigen</translation>
        </message>
        <message>
            <source>How the tree is drawn</source>
            <translation>Wie der Baum gezeichnet wird</translation>
        </message>
        <message>
            <source>Toolbar</source>
            <translation>Werkzeugleiste</translation>
        </message>
        <message>
            <source>Search of the next run</source>
            <translation>Suche des nächsten Laufs</translation>
        </message>
        <message>
            <source>The search that Run and New run use next</source>
            <translation>Die Suche, die „Starten“ und „Neuer Lauf“ als Nächstes verwenden</translation>
        </message>
        <message>
            <source>Select</source>
            <translation>Selektion</translation>
        </message>
        <message>
            <source>Expand</source>
            <translation>Expansion</translation>
        </message>
        <message>
            <source>Simulate</source>
            <translation>Simulation</translation>
        </message>
        <message>
            <source>Backprop</source>
            <translation>Backprop.</translation>
        </message>
        <message>
            <source>The four phases of one iteration: walk to a promising step, write steps after it, judge them, credit the value to the trace. A full disc is the phase just done, a ring the one to come.</source>
            <translation>Die vier Phasen einer Iteration: zu einem aussichtsreichen Schritt gehen, Schritte danach schreiben, sie beurteilen, den Wert der Spur gutschreiben. Eine volle Scheibe ist die eben getane Phase, ein Ring die nächste.</translation>
        </message>
        <message>
            <source>Phase: {phase}</source>
            <translation>Phase: {phase}</translation>
        </message>
        <message>
            <source>{sentence}, next: {phase}</source>
            <translation>{sentence}, als Nächstes: {phase}</translation>
        </message>
        <message>
            <source>iteration {done} / {total}</source>
            <translation>Iteration {done} / {total}</translation>
        </message>
        <message>
            <source>iteration {done}</source>
            <translation>Iteration {done}</translation>
        </message>
        <message>
            <source>Clear this list</source>
            <translation>Diese Liste leeren</translation>
        </message>
        <message>
            <source>No file yet</source>
            <translation>Noch keine Datei</translation>
        </message>
        <message>
            <source>{name} (not there any more)</source>
            <translation>{name} (nicht mehr da)</translation>
        </message>
        <message>
            <source>Remove from this list</source>
            <translation>Aus dieser Liste entfernen</translation>
        </message>
        <message>
            <source>Progress of the scoring</source>
            <translation>Fortschritt des Bewertens</translation>
        </message>
        <message>
            <source>scoring with {scorer}</source>
            <translation>bewertet mit {scorer}</translation>
        </message>
        <message>
            <source>loading a scorer…</source>
            <translation>lädt einen Bewerter…</translation>
        </message>
        <message>
            <source>finished</source>
            <translation>fertig</translation>
        </message>
        <message>
            <source>nothing left to search</source>
            <translation>nichts mehr zu suchen</translation>
        </message>
        <message>
            <source>ready</source>
            <translation>bereit</translation>
        </message>
        <message>
            <source>loading the models…</source>
            <translation>lädt die Modelle…</translation>
        </message>
        <message>
            <source>running</source>
            <translation>läuft</translation>
        </message>
        <message>
            <source>paused</source>
            <translation>angehalten</translation>
        </message>
        <message>
            <source>stopping…</source>
            <translation>wird beendet…</translation>
        </message>
        <message>
            <source>Time left at the pace of the last seconds</source>
            <translation>Restzeit beim Tempo der letzten Sekunden</translation>
        </message>
        <message>
            <source>Stop the run; what was found is kept (Shift+F5)</source>
            <translation>Den Lauf beenden; Gefundenes bleibt erhalten (Umschalt+F5)</translation>
        </message>
        <message>
            <source>run {run}: {state}</source>
            <translation>Lauf {run}: {state}</translation>
        </message>
        <message>
            <source>looking back</source>
            <translation>Rückblick</translation>
        </message>
        <message>
            <source>solved</source>
            <translation>gelöst</translation>
        </message>
        <message>
            <source>not solved</source>
            <translation>nicht gelöst</translation>
        </message>
        <message>
            <source>{time} left</source>
            <translation>noch {time}</translation>
        </message>
        <message>
            <source>● local only</source>
            <translation>● nur lokal</translation>
        </message>
        <message>
            <source>Models and rules of this run are on this machine: nothing leaves it</source>
            <translation>Modelle und Regeln dieses Laufs liegen auf diesem Rechner: nichts verlässt ihn</translation>
        </message>
        <message>
            <source>network: {hosts}</source>
            <translation>Netz: {hosts}</translation>
        </message>
        <message>
            <source>Prompts and steps of this run go to {hosts}</source>
            <translation>Prompts und Schritte dieses Laufs gehen an {hosts}</translation>
        </message>
        <message>
            <source>the tree; duplicates led to a state that was known before</source>
            <translation>der Baum; Doppelte führten zu einem schon bekannten Zustand</translation>
        </message>
        <message>
            <source>what they have used, apart from the policy's tokens</source>
            <translation>was sie verbraucht haben, ohne die Token der Policy</translation>
        </message>
        <message>
            <source>the same seed gives the same run</source>
            <translation>derselbe Startwert ergibt denselben Lauf</translation>
        </message>
        <message>
            <source>{speed} tok/s</source>
            <translation>{speed} Tok/s</translation>
        </message>
        <message>
            <source>tokens the policy writes in a second</source>
            <translation>Token, die die Policy in einer Sekunde schreibt</translation>
        </message>
        <message>
            <source>from the latest call of the model to its first token</source>
            <translation>vom letzten Aufruf des Modells bis zum ersten Token</translation>
        </message>
        <message>
            <source>first token {time} ms</source>
            <translation>erstes Token {time} ms</translation>
        </message>
        <message>
            <source>engine {engine} MB + app {own} MB</source>
            <translation>Engine {engine} MB + Fenster {own} MB</translation>
        </message>
        <message>
            <source>memory of the two processes</source>
            <translation>Speicher der beiden Prozesse</translation>
        </message>
        <message>
            <source>cache hit {share}</source>
            <translation>Cache-Treffer {share}</translation>
        </message>
        <message>
            <source>prompt tokens that were not read again</source>
            <translation>Prompt-Token, die nicht noch einmal gelesen wurden</translation>
        </message>
        <message>
            <source>{nodes:,} nodes · depth {depth}</source>
            <translation>{nodes:,} Knoten · Tiefe {depth}</translation>
        </message>
        <message>
            <source>{count:,} duplicate</source>
            <translation>{count:,} Doppelter</translation>
        </message>
        <message>
            <source>{count:,} duplicates</source>
            <translation>{count:,} Doppelte</translation>
        </message>
        <message>
            <source>Progress of the run</source>
            <translation>Fortschritt des Laufs</translation>
        </message>
        <message>
            <source>★ gold answer used</source>
            <translation>★ Gold-Antwort benutzt</translation>
        </message>
        <message>
            <source>A known right answer influenced this run: its result says nothing about how good the search is</source>
            <translation>Eine bekannte richtige Antwort hat diesen Lauf beeinflusst: sein Ergebnis sagt nichts über die Güte der Suche</translation>
        </message>
        <message>
            <source>This text is in {file}: opening it stops run {run}, which can be gone on with later.</source>
            <translation>Dieser Text steht in {file}: das Öffnen beendet Lauf {run}, der sich später weiterführen lässt.</translation>
        </message>
        <message>
            <source>And {count:,} files more cannot be read.</source>
            <translation>Und {count:,} weitere Dateien sind nicht lesbar.</translation>
        </message>
        <message>
            <source>What the step is for</source>
            <translation>Wozu der Schritt dient</translation>
        </message>
        <message>
            <source>There is no trace on show: open the dock “Hidden and exposed” first.</source>
            <translation>Es wird keine Spur gezeigt: zuerst den Bereich „Verborgen und gezeigt“ öffnen.</translation>
        </message>
        <message>
            <source>Setup</source>
            <translation>Ausgangslage</translation>
        </message>
        <message>
            <source>The step says what is given and what is asked</source>
            <translation>Der Schritt sagt, was gegeben und was gefragt ist</translation>
        </message>
        <message>
            <source>Plan</source>
            <translation>Plan</translation>
        </message>
        <message>
            <source>The step says what to do next</source>
            <translation>Der Schritt sagt, was als Nächstes zu tun ist</translation>
        </message>
        <message>
            <source>Fact</source>
            <translation>Fakt</translation>
        </message>
        <message>
            <source>The step recalls something that is known</source>
            <translation>Der Schritt erinnert an etwas Bekanntes</translation>
        </message>
        <message>
            <source>Compute</source>
            <translation>Rechnung</translation>
        </message>
        <message>
            <source>The step works something out</source>
            <translation>Der Schritt rechnet etwas aus</translation>
        </message>
        <message>
            <source>Uncertain</source>
            <translation>Zweifel</translation>
        </message>
        <message>
            <source>The step doubts</source>
            <translation>Der Schritt zweifelt</translation>
        </message>
        <message>
            <source>Check</source>
            <translation>Prüfung</translation>
        </message>
        <message>
            <source>The step looks at a result again</source>
            <translation>Der Schritt sieht sich ein Ergebnis noch einmal an</translation>
        </message>
        <message>
            <source>Backtrack</source>
            <translation>Umkehr</translation>
        </message>
        <message>
            <source>The step gives a way up</source>
            <translation>Der Schritt gibt einen Weg auf</translation>
        </message>
        <message>
            <source>Consolidate</source>
            <translation>Bündelung</translation>
        </message>
        <message>
            <source>The step gathers what was found</source>
            <translation>Der Schritt fasst Gefundenes zusammen</translation>
        </message>
        <message>
            <source>The step states the answer</source>
            <translation>Der Schritt nennt die Antwort</translation>
        </message>
        <message>
            <source>Compare hidden and exposed</source>
            <translation>Verborgenes mit Gezeigtem vergleichen</translation>
        </message>
        <message>
            <source>What was thought on the way to the selected step's answer, beside what was shown</source>
            <translation>Was auf dem Weg zur Antwort des gewählten Schritts gedacht wurde, neben dem, was gezeigt wurde</translation>
        </message>
        <message>
            <source>Next claim</source>
            <translation>Nächste Aussage</translation>
        </message>
        <message>
            <source>Go to the next claim shown, or step that stayed hidden</source>
            <translation>Zur nächsten gezeigten Aussage gehen, oder zum nächsten verborgen gebliebenen Schritt</translation>
        </message>
        <message>
            <source>Previous claim</source>
            <translation>Vorige Aussage</translation>
        </message>
        <message>
            <source>Go to the claim before</source>
            <translation>Zur Aussage davor gehen</translation>
        </message>
        <message>
            <source>Next doubtful claim</source>
            <translation>Nächste zweifelhafte Aussage</translation>
        </message>
        <message>
            <source>Go to the next claim that is contradicted, or that has no support found</source>
            <translation>Zur nächsten Aussage gehen, der widersprochen wird oder für die sich keine Stütze fand</translation>
        </message>
        <message>
            <source>Previous doubtful claim</source>
            <translation>Vorige zweifelhafte Aussage</translation>
        </message>
        <message>
            <source>Go to the doubtful claim before</source>
            <translation>Zur zweifelhaften Aussage davor gehen</translation>
        </message>
        <message>
            <source>Where the answer first stood</source>
            <translation>Wo die Antwort zuerst stand</translation>
        </message>
        <message>
            <source>Go to the hidden step in which the answer was first there</source>
            <translation>Zum verborgenen Schritt gehen, in dem die Antwort zuerst da war</translation>
        </message>
        <message>
            <source>Find in both texts</source>
            <translation>In beiden Texten suchen</translation>
        </message>
        <message>
            <source>Find a text in what is shown of the trace</source>
            <translation>Einen Text suchen in dem, was von der Spur gezeigt wird</translation>
        </message>
        <message>
            <source>Keep this trace</source>
            <translation>Diese Spur festhalten</translation>
        </message>
        <message>
            <source>Show this trace whatever is selected</source>
            <translation>Diese Spur zeigen, was auch ausgewählt ist</translation>
        </message>
        <message>
            <source>Next layer</source>
            <translation>Nächste Ebene</translation>
        </message>
        <message>
            <source>Raw text, the thought alone, or the provider's summary in the hidden column</source>
            <translation>Rohtext, nur der Gedankengang oder die Zusammenfassung des Anbieters in der verborgenen Spalte</translation>
        </message>
        <message>
            <source>Fold into planning and execution</source>
            <translation>In Planung und Ausführung falten</translation>
        </message>
        <message>
            <source>The thought as runs of planning and of execution</source>
            <translation>Der Gedankengang als Abschnitte von Planung und Ausführung</translation>
        </message>
        <message>
            <source>Show everything</source>
            <translation>Alles zeigen</translation>
        </message>
        <message>
            <source>Take all filters away, and show both columns</source>
            <translation>Alle Filter wegnehmen und beide Spalten zeigen</translation>
        </message>
        <message>
            <source>Show as a hosted model would</source>
            <translation>Wie ein gehostetes Modell zeigen</translation>
        </message>
        <message>
            <source>Black the thought out and reveal it step by step: what could a reader have checked?</source>
            <translation>Den Gedankengang schwärzen und Schritt für Schritt aufdecken: was hätte sich beim Lesen prüfen lassen?</translation>
        </message>
        <message>
            <source>Reveal the next step</source>
            <translation>Nächsten Schritt aufdecken</translation>
        </message>
        <message>
            <source>Show the first step that is blacked out</source>
            <translation>Den ersten geschwärzten Schritt zeigen</translation>
        </message>
        <message>
            <source>Reveal what is behind the claim</source>
            <translation>Aufdecken, was hinter der Aussage steht</translation>
        </message>
        <message>
            <source>Show the steps linked with the chosen claim</source>
            <translation>Die mit der gewählten Aussage verbundenen Schritte zeigen</translation>
        </message>
        <message>
            <source>Reveal the whole thought</source>
            <translation>Ganzen Gedankengang aufdecken</translation>
        </message>
        <message>
            <source>Show every step</source>
            <translation>Jeden Schritt zeigen</translation>
        </message>
        <message>
            <source>Copy the claim with its steps</source>
            <translation>Aussage mit ihren Schritten kopieren</translation>
        </message>
        <message>
            <source>The chosen claim and the hidden steps that it is linked with, as Markdown</source>
            <translation>Die gewählte Aussage und die damit verbundenen verborgenen Schritte, als Markdown</translation>
        </message>
        <message>
            <source>Copy hidden and exposed as Markdown</source>
            <translation>Verborgenes und Gezeigtes als Markdown kopieren</translation>
        </message>
        <message>
            <source>The whole comparison on the clipboard</source>
            <translation>Der ganze Vergleich in der Zwischenablage</translation>
        </message>
        <message>
            <source>Save the comparison as a report…</source>
            <translation>Vergleich als Bericht speichern…</translation>
        </message>
        <message>
            <source>The whole comparison in a file, as Markdown</source>
            <translation>Der ganze Vergleich in einer Datei, als Markdown</translation>
        </message>
        <message>
            <source>Boundary as it was found</source>
            <translation>Grenze wie vorgefunden</translation>
        </message>
        <message>
            <source>Put the boundary between hidden and exposed text back</source>
            <translation>Die Grenze zwischen verborgenem und gezeigtem Text zurücksetzen</translation>
        </message>
        <message>
            <source>Run it with a thought first…</source>
            <translation>Mit Nachdenken neu starten…</translation>
        </message>
        <message>
            <source>The form of a new run in which the model thinks before it answers</source>
            <translation>Das Formular eines neuen Laufs, in dem das Modell nachdenkt, bevor es antwortet</translation>
        </message>
        <message>
            <source>As the rules say</source>
            <translation>Nach den Regeln</translation>
        </message>
        <message>
            <source>Take back what a person said of the step</source>
            <translation>Zurücknehmen, was eine Person zum Schritt sagte</translation>
        </message>
        <message>
            <source>Raw</source>
            <translation>Roh</translation>
        </message>
        <message>
            <source>All that was written beside the answer: the thought, its tags, tools</source>
            <translation>Alles, was neben der Antwort geschrieben wurde: der Gedankengang, seine Tags, Werkzeuge</translation>
        </message>
        <message>
            <source>The thought alone, without tags and tools</source>
            <translation>Nur der Gedankengang, ohne Tags und Werkzeuge</translation>
        </message>
        <message>
            <source>Summary</source>
            <translation>Zusammenfassung</translation>
        </message>
        <message>
            <source>What the provider tells of the thought</source>
            <translation>Was der Anbieter vom Gedankengang erzählt</translation>
        </message>
        <message>
            <source>Both columns</source>
            <translation>Beide Spalten</translation>
        </message>
        <message>
            <source>Hidden column alone</source>
            <translation>Nur Verborgenes</translation>
        </message>
        <message>
            <source>Exposed column alone</source>
            <translation>Nur Gezeigtes</translation>
        </message>
        <message>
            <source>This trace has no summary: its provider gave none.</source>
            <translation>Diese Spur hat keine Zusammenfassung: ihr Anbieter gab keine.</translation>
        </message>
        <message>
            <source>Which trace is shown: that of the selected step, or always the same one</source>
            <translation>Welche Spur gezeigt wird: die des gewählten Schritts oder immer dieselbe</translation>
        </message>
        <message>
            <source>Layer of the hidden column</source>
            <translation>Ebene der verborgenen Spalte</translation>
        </message>
        <message>
            <source>What the left column shows</source>
            <translation>Was die linke Spalte zeigt</translation>
        </message>
        <message>
            <source>Columns</source>
            <translation>Spalten</translation>
        </message>
        <message>
            <source>Which columns are shown</source>
            <translation>Welche Spalten gezeigt werden</translation>
        </message>
        <message>
            <source>The thought as runs of planning and of execution, to be unfolded</source>
            <translation>Der Gedankengang als Abschnitte von Planung und Ausführung, zum Ausklappen</translation>
        </message>
        <message>
            <source>As hosted</source>
            <translation>Wie gehostet</translation>
        </message>
        <message>
            <source>Show it as a hosted model would have: the thought blacked out</source>
            <translation>So zeigen, wie es ein gehostetes Modell täte: mit geschwärztem Gedankengang</translation>
        </message>
        <message>
            <source>More</source>
            <translation>Mehr</translation>
        </message>
        <message>
            <source>Copy, save a report, move the boundary back, show everything</source>
            <translation>Kopieren, Bericht speichern, Grenze zurücksetzen, alles zeigen</translation>
        </message>
        <message>
            <source>Pinned trace</source>
            <translation>Festgehaltene Spur</translation>
        </message>
        <message>
            <source>No step has been written yet.</source>
            <translation>Noch wurde kein Schritt geschrieben.</translation>
        </message>
        <message>
            <source>{session} hidden and exposed.md</source>
            <translation>{session} verborgen und gezeigt.md</translation>
        </message>
        <message>
            <source>The trace is still being looked at.</source>
            <translation>Die Spur wird noch untersucht.</translation>
        </message>
        <message>
            <source>This trace has a thought.</source>
            <translation>Diese Spur hat einen Gedankengang.</translation>
        </message>
        <message>
            <source>Follow the selection</source>
            <translation>Der Auswahl folgen</translation>
        </message>
        <message>
            <source>Select text first.</source>
            <translation>Zuerst Text auswählen.</translation>
        </message>
        <message>
            <source>Exposed from here on</source>
            <translation>Von hier an gezeigt</translation>
        </message>
        <message>
            <source>Select this step in the tree</source>
            <translation>Diesen Schritt im Baum auswählen</translation>
        </message>
        <message>
            <source>Run {run}, {trace}</source>
            <translation>Lauf {run}, {trace}</translation>
        </message>
        <message>
            <source>Hidden text</source>
            <translation>Verborgener Text</translation>
        </message>
        <message>
            <source>Exposed text</source>
            <translation>Gezeigter Text</translation>
        </message>
        <message>
            <source>This answer has no thought: the model was not asked to think first.</source>
            <translation>Diese Antwort hat keinen Gedankengang: das Modell sollte nicht erst nachdenken.</translation>
        </message>
        <message>
            <source>The thought cannot be read here: it was sent encrypted or redacted, or not at all.</source>
            <translation>Der Gedankengang ist hier nicht lesbar: er kam verschlüsselt, geschwärzt oder gar nicht.</translation>
        </message>
        <message>
            <source>Nothing here is what the filter wants.</source>
            <translation>Hier ist nichts, was der Filter verlangt.</translation>
        </message>
        <message>
            <source>Nothing was shown: there is no answer yet.</source>
            <translation>Nichts wurde gezeigt: es gibt noch keine Antwort.</translation>
        </message>
        <message>
            <source>Nothing was shown: the text ends inside the thought.</source>
            <translation>Nichts wurde gezeigt: der Text endet im Gedankengang.</translation>
        </message>
        <message>
            <source>The provider gave no summary of this thought.</source>
            <translation>Der Anbieter gab keine Zusammenfassung dieses Gedankengangs.</translation>
        </message>
        <message>
            <source>Map of the thought</source>
            <translation>Karte des Gedankengangs</translation>
        </message>
        <message>
            <source>What the steps are for</source>
            <translation>Wozu die Schritte dienen</translation>
        </message>
        <message>
            <source>step {step}, {function}: {text}</source>
            <translation>Schritt {step}, {function}: {text}</translation>
        </message>
        <message>
            <source>Cut off inside the thought: it was never closed</source>
            <translation>Im Gedankengang abgeschnitten: er wurde nie geschlossen</translation>
        </message>
        <message>
            <source>Thinking was off</source>
            <translation>Denken war aus</translation>
        </message>
        <message>
            <source>Think first…</source>
            <translation>Erst nachdenken…</translation>
        </message>
        <message>
            <source>Open the form of a new run in which the model thinks before it answers</source>
            <translation>Das Formular eines neuen Laufs öffnen, in dem das Modell nachdenkt, bevor es antwortet</translation>
        </message>
        <message>
            <source>Split: {how}</source>
            <translation>Geteilt: {how}</translation>
        </message>
        <message>
            <source>being written: thinking…</source>
            <translation>wird geschrieben: denkt…</translation>
        </message>
        <message>
            <source>being written: answering…</source>
            <translation>wird geschrieben: antwortet…</translation>
        </message>
        <message>
            <source>being looked at: {share:.0%}</source>
            <translation>wird untersucht: {share:.0%}</translation>
        </message>
        <message>
            <source>The answer was cut off</source>
            <translation>Die Antwort wurde abgeschnitten</translation>
        </message>
        <message>
            <source>By: {splitter}</source>
            <translation>Durch: {splitter}</translation>
        </message>
        <message>
            <source>Thinking: {words}</source>
            <translation>Denken: {words}</translation>
        </message>
        <message>
            <source>Cut off: {words}</source>
            <translation>Abgeschnitten: {words}</translation>
        </message>
        <message>
            <source>Cannot be read: {part}</source>
            <translation>Nicht lesbar: {part}</translation>
        </message>
        <message>
            <source>Hidden: {sizes}</source>
            <translation>Verborgen: {sizes}</translation>
        </message>
        <message>
            <source>Exposed: {sizes}</source>
            <translation>Gezeigt: {sizes}</translation>
        </message>
        <message>
            <source>hidden: {part}</source>
            <translation>verborgen: {part}</translation>
        </message>
        <message>
            <source>hidden, {tokens}: {part}</source>
            <translation>verborgen, {tokens}: {part}</translation>
        </message>
        <message>
            <source>Shown: {answer}</source>
            <translation>Gezeigt: {answer}</translation>
        </message>
        <message>
            <source>In the thought: {answer}</source>
            <translation>Im Gedankengang: {answer}</translation>
        </message>
        <message>
            <source>Compared: {words}</source>
            <translation>Verglichen: {words}</translation>
        </message>
        <message>
            <source>By the problem's own check: {verdict}</source>
            <translation>Nach der Prüfung der Aufgabe: {verdict}</translation>
        </message>
        <message>
            <source>Find in the thought and the answer</source>
            <translation>In Gedankengang und Antwort suchen</translation>
        </message>
        <message>
            <source>Text to find in the trace</source>
            <translation>In der Spur gesuchter Text</translation>
        </message>
        <message>
            <source>Previous hit in the trace</source>
            <translation>Voriger Treffer in der Spur</translation>
        </message>
        <message>
            <source>Next hit in the trace</source>
            <translation>Nächster Treffer in der Spur</translation>
        </message>
        <message>
            <source>Close the line and forget the hits</source>
            <translation>Die Zeile schließen und die Treffer vergessen</translation>
        </message>
        <message>
            <source>more than {hits}</source>
            <translation>mehr als {hits}</translation>
        </message>
        <message>
            <source>There is no trace to say something about.</source>
            <translation>Es gibt keine Spur, zu der etwas zu sagen wäre.</translation>
        </message>
        <message>
            <source>This is a rollout: boundary and labels are kept with steps of the tree only.</source>
            <translation>Das ist ein Rollout: Grenze und Etiketten werden nur bei Schritten des Baums gespeichert.</translation>
        </message>
        <message>
            <source>The trace is still being written or looked at.</source>
            <translation>Die Spur wird noch geschrieben oder untersucht.</translation>
        </message>
        <message>
            <source>The boundary between hidden and exposed text: drag it, or Alt+Up and Alt+Down.
{how}</source>
            <translation>Die Grenze zwischen verborgenem und gezeigtem Text: mit der Maus ziehen, oder Alt+Hoch und Alt+Runter.
{how}</translation>
        </message>
        <message>
            <source>The boundary is where it was found.</source>
            <translation>Die Grenze steht, wo sie vorgefunden wurde.</translation>
        </message>
        <message>
            <source>Thought hidden</source>
            <translation>Ohne Gedankengang</translation>
        </message>
        <message>
            <source>The reader sees the answer alone</source>
            <translation>Zu lesen ist nur die Antwort</translation>
        </message>
        <message>
            <source>Summary only</source>
            <translation>Nur Zusammenfassung</translation>
        </message>
        <message>
            <source>The reader sees the answer and a summary of the thought</source>
            <translation>Zu lesen sind die Antwort und eine Zusammenfassung des Gedankengangs</translation>
        </message>
        <message>
            <source>Token count only</source>
            <translation>Nur Tokenzahl</translation>
        </message>
        <message>
            <source>The reader sees the answer, and how long the thought was</source>
            <translation>Zu lesen ist die Antwort, und wie lang der Gedankengang war</translation>
        </message>
        <message>
            <source>No provider's summary: in its place the first sentence of each planning step, put together by Espalier.</source>
            <translation>Keine Zusammenfassung des Anbieters: statt ihrer der erste Satz jedes planenden Schritts, zusammengestellt von Espalier.</translation>
        </message>
        <message>
            <source>The summary that the provider gave:</source>
            <translation>Die Zusammenfassung des Anbieters:</translation>
        </message>
        <message>
            <source>No provider's summary, and no step of the thought plans: there is nothing to put a summary from.</source>
            <translation>Keine Zusammenfassung des Anbieters, und kein Schritt des Gedankengangs plant: es gibt nichts zusammenzufassen.</translation>
        </message>
        <message>
            <source>What a reader is told of the thought</source>
            <translation>Was man beim Lesen vom Gedankengang erfährt</translation>
        </message>
        <message>
            <source>Reveal next</source>
            <translation>Nächsten aufdecken</translation>
        </message>
        <message>
            <source>Show the first step that is still blacked out</source>
            <translation>Den ersten noch geschwärzten Schritt zeigen</translation>
        </message>
        <message>
            <source>Reveal all</source>
            <translation>Alles aufdecken</translation>
        </message>
        <message>
            <source>Show the whole thought</source>
            <translation>Den ganzen Gedankengang zeigen</translation>
        </message>
        <message>
            <source>Black out</source>
            <translation>Schwärzen</translation>
        </message>
        <message>
            <source>Hide every step again</source>
            <translation>Jeden Schritt wieder verbergen</translation>
        </message>
        <message>
            <source>Summary of the thought</source>
            <translation>Zusammenfassung des Gedankengangs</translation>
        </message>
        <message>
            <source>The reader sees nothing of the thought.</source>
            <translation>Vom Gedankengang ist nichts zu lesen.</translation>
        </message>
        <message>
            <source>The reader sees a summary.</source>
            <translation>Zu lesen ist eine Zusammenfassung.</translation>
        </message>
        <message>
            <source>The reader sees: thought for {size}.</source>
            <translation>Zu lesen ist: {size} lang gedacht.</translation>
        </message>
        <message>
            <source>The reader sees: thought for {size} (nobody counted its tokens).</source>
            <translation>Zu lesen ist: {size} lang gedacht (niemand zählte die Token).</translation>
        </message>
        <message>
            <source>{revealed:,} of {steps:,} steps revealed</source>
            <translation>{revealed:,} von {steps:,} Schritten aufgedeckt</translation>
        </message>
        <message>
            <source>{now:,} of {all:,} supported claims</source>
            <translation>{now:,} von {all:,} gestützten Aussagen</translation>
        </message>
        <message>
            <source>{revealed}: {supported} can be checked by them.</source>
            <translation>{revealed}: damit sind {supported} prüfbar.</translation>
        </message>
        <message>
            <source>{now:,} of {all:,} contradictions</source>
            <translation>{now:,} von {all:,} Widersprüchen</translation>
        </message>
        <message>
            <source>{revealed}: {supported} and {against} can be checked by them.</source>
            <translation>{revealed}: damit sind {supported} und {against} prüfbar.</translation>
        </message>
        <message>
            <source>supported {count:,}</source>
            <translation>gestützt {count:,}</translation>
        </message>
        <message>
            <source>only exposed {count:,}</source>
            <translation>nur gezeigt {count:,}</translation>
        </message>
        <message>
            <source>contradicted {count:,}</source>
            <translation>widersprochen {count:,}</translation>
        </message>
        <message>
            <source>only hidden {count:,}</source>
            <translation>nur verborgen {count:,}</translation>
        </message>
        <message>
            <source>contradicted</source>
            <translation>widersprochen</translation>
        </message>
        <message>
            <source>only hidden</source>
            <translation>nur verborgen</translation>
        </message>
        <message>
            <source>Claims of the exposed text that a hidden step supports: by the same value, or by its words.</source>
            <translation>Aussagen des gezeigten Textes, die ein verborgener Schritt stützt: durch denselben Wert oder durch seine Worte.</translation>
        </message>
        <message>
            <source>Claims for which no such support was found in the thought. That does not make them false.</source>
            <translation>Aussagen, für die sich im Gedankengang keine solche Stütze fand. Falsch sind sie damit nicht.</translation>
        </message>
        <message>
            <source>Claims that a hidden step says otherwise: another result, or another value of the same thing.</source>
            <translation>Aussagen, zu denen ein verborgener Schritt anderes sagt: ein anderes Ergebnis oder einen anderen Wert derselben Sache.</translation>
        </message>
        <message>
            <source>Hidden steps that work something out which is not shown.</source>
            <translation>Verborgene Schritte, die etwas ausrechnen, was nicht gezeigt wird.</translation>
        </message>
        <message>
            <source>Click to show these alone; click again to show all.</source>
            <translation>Klicken zeigt nur diese, noch ein Klick wieder alle.</translation>
        </message>
        <message>
            <source>Step of the trace</source>
            <translation>Schritt der Spur</translation>
        </message>
        <message>
            <source>planning</source>
            <translation>Planung</translation>
        </message>
        <message>
            <source>execution</source>
            <translation>Ausführung</translation>
        </message>
        <message>
            <source>other</source>
            <translation>Anderes</translation>
        </message>
        <message>
            <source>{part} {share:.0%}: step {first}</source>
            <translation>{part} {share:.0%}: Schritt {first}</translation>
        </message>
        <message>
            <source>{part} {share:.0%}: steps {first}–{last}</source>
            <translation>{part} {share:.0%}: Schritte {first}–{last}</translation>
        </message>
        <message>
            <source>Planning and execution in the thought</source>
            <translation>Planung und Ausführung im Gedankengang</translation>
        </message>
        <message>
            <source>The report could not be written to {path}: {reason}.</source>
            <translation>Der Bericht ließ sich nicht nach {path} schreiben: {reason}.</translation>
        </message>
        <message>
            <source>The report is in {path}.</source>
            <translation>Der Bericht liegt in {path}.</translation>
        </message>
        <message>
            <source>Click to show these steps alone; click again to show all.</source>
            <translation>Klicken zeigt nur diese Schritte, noch ein Klick wieder alle.</translation>
        </message>
        <message>
            <source>There is nothing to compare in this trace.</source>
            <translation>In dieser Spur gibt es nichts zu vergleichen.</translation>
        </message>
        <message>
            <source>No claim of this trace is doubtful.</source>
            <translation>Keine Aussage dieser Spur ist zweifelhaft.</translation>
        </message>
        <message>
            <source>Go to a claim first: click it, or F8.</source>
            <translation>Zuerst zu einer Aussage gehen: anklicken, oder F8.</translation>
        </message>
        <message>
            <source>The answer is nowhere in the thought.</source>
            <translation>Die Antwort steht nirgends im Gedankengang.</translation>
        </message>
        <message>
            <source>Nothing is blacked out: choose “As hosted” first.</source>
            <translation>Nichts ist geschwärzt: zuerst „Wie gehostet“ wählen.</translation>
        </message>
        <message>
            <source>The whole thought is revealed.</source>
            <translation>Der ganze Gedankengang ist aufgedeckt.</translation>
        </message>
        <message>
            <source>Go to a hidden step first.</source>
            <translation>Zuerst zu einem verborgenen Schritt gehen.</translation>
        </message>
        <message>
            <source>node {node}: {step}</source>
            <translation>Knoten {node}: {step}</translation>
        </message>
        <message>
            <source>node {node}, rollout {rollout}: {answer}</source>
            <translation>Knoten {node}, Rollout {rollout}: {answer}</translation>
        </message>
        <message>
            <source>{words} (chosen)</source>
            <translation>{words} (gewählt)</translation>
        </message>
        <message>
            <source>Selected step → {trace}</source>
            <translation>Gewählter Schritt → {trace}</translation>
        </message>
        <message>
            <source>Pasted text</source>
            <translation>Eingefügter Text</translation>
        </message>
        <message>
            <source>Another session was opened meanwhile: {file} was not added.</source>
            <translation>Inzwischen wurde eine andere Sitzung geöffnet: {file} wurde nicht aufgenommen.</translation>
        </message>
        <message>
            <source>{name}: {count:,} traces became runs {first} to {last}.</source>
            <translation>{name}: {count:,} Spuren wurden die Läufe {first} bis {last}.</translation>
        </message>
        <message>
            <source>{file} is being read…</source>
            <translation>{file} wird gelesen…</translation>
        </message>
        <message>
            <source>{count} files</source>
            <translation>{count} Dateien</translation>
        </message>
        <message>
            <source>{file} is larger than {size} MB, more than can be kept in a session.</source>
            <translation>{file} ist größer als {size} MB, mehr als in eine Sitzung passt.</translation>
        </message>
        <message>
            <source>{file} cannot be read: {error}.</source>
            <translation>{file} kann nicht gelesen werden: {error}.</translation>
        </message>
        <message>
            <source>The trace could not be analysed: {reason}</source>
            <translation>Die Spur ließ sich nicht untersuchen: {reason}</translation>
        </message>
        <message>
            <source>it was stopped.</source>
            <translation>es wurde beendet.</translation>
        </message>
        <message>
            <source>exit code {code}.</source>
            <translation>Rückgabewert {code}.</translation>
        </message>
        <message>
            <source>step {number}</source>
            <translation>Schritt {number}</translation>
        </message>
        <message>
            <source>labelled by hand</source>
            <translation>von Hand etikettiert</translation>
        </message>
        <message>
            <source>{piece}: not shown</source>
            <translation>{piece}: nicht gezeigt</translation>
        </message>
        <message>
            <source>The model was not trained: {reason}</source>
            <translation>Das Modell wurde nicht trainiert: {reason}</translation>
        </message>
        <message>
            <source>Select a step first.</source>
            <translation>Zuerst einen Schritt auswählen.</translation>
        </message>
        <message>
            <source>Nothing was changed by hand in this run.</source>
            <translation>In diesem Lauf wurde nichts von Hand geändert.</translation>
        </message>
        <message>
            <source>Nothing was taken back in this run.</source>
            <translation>In diesem Lauf wurde nichts zurückgenommen.</translation>
        </message>
        <message>
            <source>A change is just being made.</source>
            <translation>Eine Änderung ist gerade im Gang.</translation>
        </message>
        <message>
            <source>Undo {edit}</source>
            <translation>{edit} rückgängig machen</translation>
        </message>
        <message>
            <source>Redo {edit}</source>
            <translation>{edit} wiederholen</translation>
        </message>
        <message>
            <source>This trace was read from a file: its steps stay as they are. Only labels and boundary change.</source>
            <translation>Diese Spur wurde aus einer Datei gelesen: Ihre Schritte bleiben, wie sie sind. Nur Etiketten und Grenze lassen sich ändern.</translation>
        </message>
        <message>
            <source>This is the past, which stays as it was: go to the last event first.</source>
            <translation>Das ist die Vergangenheit, und die bleibt, wie sie war: zuerst zum letzten Ereignis gehen.</translation>
        </message>
        <message>
            <source>There is no tree to change.</source>
            <translation>Es gibt keinen Baum zu ändern.</translation>
        </message>
        <message>
            <source>Run {run} is under way: stop it, then change this one.</source>
            <translation>Lauf {run} ist im Gang: zuerst beenden, dann diesen ändern.</translation>
        </message>
        <message>
            <source>The run is just being stopped.</source>
            <translation>Der Lauf wird gerade beendet.</translation>
        </message>
        <message>
            <source>More simulations at and below this step, whatever the formula says</source>
            <translation>Mehr Simulationen an diesem Schritt und darunter, was immer die Formel sagt</translation>
        </message>
        <message>
            <source>Insert a step and go on</source>
            <translation>Schritt einfügen und weitersuchen</translation>
        </message>
        <message>
            <source>Your own step after this one; the search goes on below it</source>
            <translation>Ein eigener Schritt nach diesem; darunter geht die Suche weiter</translation>
        </message>
        <message>
            <source>Edit and resample</source>
            <translation>Ändern und neu ziehen</translation>
        </message>
        <message>
            <source>This step in other words; the new version stands beside it</source>
            <translation>Dieser Schritt in anderen Worten; die neue Fassung steht daneben</translation>
        </message>
        <message>
            <source>The engine was asked for nothing that it has not done.</source>
            <translation>Die Engine hat nichts mehr zu erledigen.</translation>
        </message>
        <message>
            <source>There is no text on the clipboard.</source>
            <translation>In der Zwischenablage ist kein Text.</translation>
        </message>
        <message>
            <source>{name} shared</source>
            <translation>{name} zur Weitergabe</translation>
        </message>
        <message>
            <source>Show details</source>
            <translation>Einzelheiten zeigen</translation>
        </message>
        <message>
            <source>Espalier ended unexpectedly last time. Your session is safe: nothing was lost.</source>
            <translation>Espalier endete beim letzten Mal unerwartet. Die Sitzung ist sicher: nichts ging verloren.</translation>
        </message>
        <message>
            <source>An answer is found</source>
            <translation>Eine Antwort ist gefunden</translation>
        </message>
        <message>
            <source>An answer is found worth {value} or more</source>
            <translation>Eine Antwort mit Wert {value} oder mehr ist gefunden</translation>
        </message>
        <message>
            <source>Worth at least (0: any answer; 1: proven)</source>
            <translation>Wert mindestens (0: jede Antwort; 1: bewiesen)</translation>
        </message>
        <message>
            <source>A value drops</source>
            <translation>Ein Wert fällt</translation>
        </message>
        <message>
            <source>A value drops by more than {value}</source>
            <translation>Ein Wert fällt um mehr als {value}</translation>
        </message>
        <message>
            <source>By more than</source>
            <translation>Um mehr als</translation>
        </message>
        <message>
            <source>A step matches a text</source>
            <translation>Ein Schritt passt auf einen Text</translation>
        </message>
        <message>
            <source>A step holds “{value}”</source>
            <translation>Ein Schritt enthält „{value}“</translation>
        </message>
        <message>
            <source>Text (* stands for anything)</source>
            <translation>Text (* steht für alles)</translation>
        </message>
        <message>
            <source>The tree grows deep</source>
            <translation>Der Baum wird tief</translation>
        </message>
        <message>
            <source>A step lies deeper than {value}</source>
            <translation>Ein Schritt liegt tiefer als {value}</translation>
        </message>
        <message>
            <source>Deeper than</source>
            <translation>Tiefer als</translation>
        </message>
        <message>
            <source>An iteration is done</source>
            <translation>Eine Iteration ist getan</translation>
        </message>
        <message>
            <source>Iteration {value} is done</source>
            <translation>Iteration {value} ist getan</translation>
        </message>
        <message>
            <source>A step is scored low</source>
            <translation>Ein Schritt wird niedrig bewertet</translation>
        </message>
        <message>
            <source>A step is scored below {value}</source>
            <translation>Ein Schritt wird unter {value} bewertet</translation>
        </message>
        <message>
            <source>Below</source>
            <translation>Unter</translation>
        </message>
        <message>
            <source>Nothing was recorded yet.</source>
            <translation>Noch war nichts aufgezeichnet.</translation>
        </message>
        <message>
            <source>Everything up to event {events:,} is kept.</source>
            <translation>Alles bis Ereignis {events:,} ist erhalten.</translation>
        </message>
        <message>
            <source>What it was just asked for is gone.</source>
            <translation>Der letzte Auftrag ist verloren.</translation>
        </message>
        <message>
            <source>The {tasks} tasks it was asked for are gone.</source>
            <translation>Die {tasks} offenen Aufträge sind verloren.</translation>
        </message>
        <message>
            <source>The whole tree as it ended, with all its numbers, for programs of your own.</source>
            <translation>Der ganze Baum am Ende, mit allen Zahlen, für eigene Programme.</translation>
        </message>
        <message>
            <source>JSON with tokens and events</source>
            <translation>JSON mit Token und Ereignissen</translation>
        </message>
        <message>
            <source>The same with every token and every event of the log; imported again without any loss.</source>
            <translation>Dasselbe mit jedem Token und jedem Ereignis des Protokolls; verlustfrei wieder importierbar.</translation>
        </message>
        <message>
            <source>Report (HTML)</source>
            <translation>Bericht (HTML)</translation>
        </message>
        <message>
            <source>One page with recipe, outcome, best trace and tree, that opens in any browser and needs nothing else.</source>
            <translation>Eine Seite mit Rezept, Ausgang, bester Spur und Baum; öffnet sich in jedem Browser und braucht sonst nichts.</translation>
        </message>
        <message>
            <source>The best trace with its numbers and what the run was, for notes, issues and mail.</source>
            <translation>Die beste Spur mit ihren Zahlen und was der Lauf war, für Notizen, Issues und Mail.</translation>
        </message>
        <message>
            <source>Events (JSON lines)</source>
            <translation>Ereignisse (JSON-Zeilen)</translation>
        </message>
        <message>
            <source>The log, an event in each line: imported again it is the same run, event by event.</source>
            <translation>Das Protokoll, ein Ereignis je Zeile: wieder importiert ist es derselbe Lauf, Ereignis für Ereignis.</translation>
        </message>
        <message>
            <source>Events without tokens (JSON lines)</source>
            <translation>Ereignisse ohne Token (JSON-Zeilen)</translation>
        </message>
        <message>
            <source>The log without the rows of tokens, which are most of it where a model was asked.</source>
            <translation>Das Protokoll ohne die Tokenzeilen, die den größten Teil ausmachen, wo ein Modell gefragt wurde.</translation>
        </message>
        <message>
            <source>CSV</source>
            <translation>CSV</translation>
        </message>
        <message>
            <source>A row for each node, for pandas, R and spreadsheets; no cell is taken for a formula.</source>
            <translation>Eine Zeile je Knoten, für pandas, R und Tabellenprogramme; keine Zelle wird als Formel gelesen.</translation>
        </message>
        <message>
            <source>CSV for Excel</source>
            <translation>CSV für Excel</translation>
        </message>
        <message>
            <source>The same with a byte order mark, by which Excel sees that it is UTF-8.</source>
            <translation>Dasselbe mit einer Byte-Order-Mark (BOM), an der Excel UTF-8 erkennt.</translation>
        </message>
        <message>
            <source>Node-link JSON</source>
            <translation>Node-Link-JSON</translation>
        </message>
        <message>
            <source>The tree as nodes and edges, for networkx, d3 and other libraries.</source>
            <translation>Der Baum als Knoten und Kanten, für networkx, d3 und andere Bibliotheken.</translation>
        </message>
        <message>
            <source>GraphML</source>
            <translation>GraphML</translation>
        </message>
        <message>
            <source>The tree as a graph, for Gephi, yEd, Cytoscape and networkx.</source>
            <translation>Der Baum als Graph, für Gephi, yEd, Cytoscape und networkx.</translation>
        </message>
        <message>
            <source>GEXF (Gephi)</source>
            <translation>GEXF (Gephi)</translation>
        </message>
        <message>
            <source>The tree as a graph with all its numbers, for Gephi.</source>
            <translation>Der Baum als Graph mit allen Zahlen, für Gephi.</translation>
        </message>
        <message>
            <source>DOT (Graphviz)</source>
            <translation>DOT (Graphviz)</translation>
        </message>
        <message>
            <source>The tree as a drawing for Graphviz.</source>
            <translation>Der Baum als Zeichnung für Graphviz.</translation>
        </message>
        <message>
            <source>setup</source>
            <translation>Ausgangslage</translation>
        </message>
        <message>
            <source>plan</source>
            <translation>Plan</translation>
        </message>
        <message>
            <source>fact</source>
            <translation>Fakt</translation>
        </message>
        <message>
            <source>compute</source>
            <translation>Rechnung</translation>
        </message>
        <message>
            <source>uncertain</source>
            <translation>Zweifel</translation>
        </message>
        <message>
            <source>check</source>
            <translation>Prüfung</translation>
        </message>
        <message>
            <source>backtrack</source>
            <translation>Umkehr</translation>
        </message>
        <message>
            <source>consolidate</source>
            <translation>Bündelung</translation>
        </message>
        <message>
            <source>exposed</source>
            <translation>gezeigt</translation>
        </message>
        <message>
            <source>tool</source>
            <translation>Werkzeug</translation>
        </message>
        <message>
            <source>tag</source>
            <translation>Tag</translation>
        </message>
        <message>
            <source>summary</source>
            <translation>Zusammenfassung</translation>
        </message>
        <message>
            <source>redacted</source>
            <translation>geschwärzt</translation>
        </message>
        <message>
            <source>edited</source>
            <translation>geändert</translation>
        </message>
        <message>
            <source>Hidden, inside the model's thinking:</source>
            <translation>Verborgen, im Denken des Modells:</translation>
        </message>
        <message>
            <source>pruned: {reason}</source>
            <translation>gekappt: {reason}</translation>
        </message>
        <message>
            <source>out: above it, node {node} is pruned: {reason}</source>
            <translation>draußen: darüber ist Knoten {node} gekappt: {reason}</translation>
        </message>
        <message>
            <source>step {depth}, node {node}: {step}</source>
            <translation>Schritt {depth}, Knoten {node}: {step}</translation>
        </message>
        <message>
            <source>edited: {edit}</source>
            <translation>geändert: {edit}</translation>
        </message>
        <message>
            <source>same state as {twin}</source>
            <translation>derselbe Zustand wie {twin}</translation>
        </message>
        <message>
            <source>in flight: {count} below wait for their value</source>
            <translation>unterwegs: {count} darunter warten auf ihren Wert</translation>
        </message>
        <message>
            <source>nodes {first} and {second}</source>
            <translation>Knoten {first} und {second}</translation>
        </message>
        <message>
            <source>no node</source>
            <translation>kein Knoten</translation>
        </message>
        <message>
            <source>No run yet. Press Ctrl+N to start one, or Ctrl+O to open a session.</source>
            <translation>Noch kein Lauf. Strg+N startet einen, Strg+O öffnet eine Sitzung.</translation>
        </message>
        <message>
            <source>The run has not begun yet.</source>
            <translation>Der Lauf hat noch nicht begonnen.</translation>
        </message>
        <message>
            <source>Before the first event there is no tree. Move the timeline forward.</source>
            <translation>Vor dem ersten Ereignis gibt es keinen Baum. Die Zeitleiste weiter nach rechts bewegen.</translation>
        </message>
        <message>
            <source>run {run}, node {node}</source>
            <translation>Lauf {run}, Knoten {node}</translation>
        </message>
        <message>
            <source>{probe} of {place}</source>
            <translation>{probe} zu {place}</translation>
        </message>
        <message>
            <source>good</source>
            <translation>gut</translation>
        </message>
        <message>
            <source>neutral</source>
            <translation>neutral</translation>
        </message>
        <message>
            <source>bad</source>
            <translation>schlecht</translation>
        </message>
        <message>
            <source>Another model of this name had scored before: the new scores replace its own.</source>
            <translation>Ein anderes Modell dieses Namens hatte vorher bewertet: Die neuen Bewertungen ersetzen seine.</translation>
        </message>
        <message>
            <source>Could not be scored: {count:,}.</source>
            <translation>Nicht zu bewerten: {count:,}.</translation>
        </message>
        <message>
            <source>{scorer} has scored all of these traces before, or there are none.</source>
            <translation>{scorer} hat alle diese Spuren schon bewertet, oder es gibt keine.</translation>
        </message>
        <message>
            <source>{scorer} scored {traces}.</source>
            <translation>{scorer} hat {traces} bewertet.</translation>
        </message>
        <message>
            <source>At least {count:,} more were not scored.</source>
            <translation>Mindestens {count:,} weitere wurden nicht bewertet.</translation>
        </message>
        <message>
            <source>1 more was not scored.</source>
            <translation>1 weitere wurde nicht bewertet.</translation>
        </message>
        <message>
            <source>{count:,} more were not scored.</source>
            <translation>{count:,} weitere wurden nicht bewertet.</translation>
        </message>
        <message>
            <source>Private runs</source>
            <translation>Private Läufe</translation>
        </message>
        <message>
            <source>Runs marked as private do not come along at all.</source>
            <translation>Als privat gekennzeichnete Läufe kommen gar nicht mit.</translation>
        </message>
        <message>
            <source>Problems and prompts</source>
            <translation>Aufgaben und Prompts</translation>
        </message>
        <message>
            <source>What was asked is replaced; what the model wrote stays.</source>
            <translation>Was gefragt wurde, wird ersetzt; was das Modell schrieb, bleibt.</translation>
        </message>
        <message>
            <source>Folders and hosts</source>
            <translation>Ordner und Server</translation>
        </message>
        <message>
            <source>Of files the last name stays, of servers the model.</source>
            <translation>Von Pfaden bleibt der letzte Name, von Servern das Modell.</translation>
        </message>
        <message>
            <source>Token rows</source>
            <translation>Tokenzeilen</translation>
        </message>
        <message>
            <source>Probabilities and alternatives of each token do not come along.</source>
            <translation>Wahrscheinlichkeiten und Alternativen der Token kommen nicht mit.</translation>
        </message>
        <message>
            <source>Notes and names</source>
            <translation>Notizen und Namen</translation>
        </message>
        <message>
            <source>What was written about steps, and names of runs, is emptied.</source>
            <translation>Texte zu Schritten und Namen von Läufen werden geleert.</translation>
        </message>
        <message>
            <source>Passwords and keys</source>
            <translation>Passwörter, Schlüssel</translation>
        </message>
        <message>
            <source>What looks like a password or a key stays here; the words of problems and models are left as they are.</source>
            <translation>Was wie ein Passwort oder Schlüssel aussieht, bleibt hier; der Wortlaut von Aufgaben und Modellen bleibt, wie er ist.</translation>
        </message>
        <message>
            <source>Nothing was left out.</source>
            <translation>Nichts wurde weggelassen.</translation>
        </message>
        <message>
            <source>Left out: {parts}.</source>
            <translation>Weggelassen: {parts}.</translation>
        </message>
        <message>
            <source>No model judges: numbers by exact value, text by shared words.</source>
            <translation>Kein Modell urteilt: Zahlen nach genauem Wert, Text nach gemeinsamen Wörtern.</translation>
        </message>
        <message>
            <source>{count:,} step</source>
            <translation>{count:,} Schritt</translation>
        </message>
        <message>
            <source>{count:,} steps</source>
            <translation>{count:,} Schritte</translation>
        </message>
        <message>
            <source>{count:,} sentence</source>
            <translation>{count:,} Satz</translation>
        </message>
        <message>
            <source>{count:,} sentences</source>
            <translation>{count:,} Sätze</translation>
        </message>
        <message>
            <source>{count:,} character</source>
            <translation>{count:,} Zeichen</translation>
        </message>
        <message>
            <source>{count:,} characters</source>
            <translation>{count:,} Zeichen</translation>
        </message>
        <message>
            <source>{count:,} token</source>
            <translation>{count:,} Token</translation>
        </message>
        <message>
            <source>{count:,} tokens</source>
            <translation>{count:,} Token</translation>
        </message>
        <message>
            <source>{count:,} byte</source>
            <translation>{count:,} Byte</translation>
        </message>
        <message>
            <source>{count:,} bytes</source>
            <translation>{count:,} Byte</translation>
        </message>
        <message>
            <source>{count:,} claim</source>
            <translation>{count:,} Aussage</translation>
        </message>
        <message>
            <source>{count:,} claims</source>
            <translation>{count:,} Aussagen</translation>
        </message>
        <message>
            <source>{count:,} time</source>
            <translation>{count:,} Mal</translation>
        </message>
        <message>
            <source>{count:,} times</source>
            <translation>{count:,} Mal</translation>
        </message>
        <message>
            <source>{count:,} repeat</source>
            <translation>{count:,} Wiederholung</translation>
        </message>
        <message>
            <source>{count:,} repeats</source>
            <translation>{count:,} Wiederholungen</translation>
        </message>
        <message>
            <source>{count:,} change of mind</source>
            <translation>{count:,} Meinungswechsel</translation>
        </message>
        <message>
            <source>{count:,} changes of mind</source>
            <translation>{count:,} Meinungswechsel</translation>
        </message>
        <message>
            <source>{count:,} loop</source>
            <translation>{count:,} Schleife</translation>
        </message>
        <message>
            <source>{count:,} loops</source>
            <translation>{count:,} Schleifen</translation>
        </message>
        <message>
            <source>a redacted part of the thought</source>
            <translation>ein geschwärzter Teil des Gedankengangs</translation>
        </message>
        <message>
            <source>an encrypted thought</source>
            <translation>ein verschlüsselter Gedankengang</translation>
        </message>
        <message>
            <source>a signature of a thought</source>
            <translation>eine Signatur eines Gedankengangs</translation>
        </message>
        <message>
            <source>a thought that was not sent</source>
            <translation>ein nicht gesendeter Gedankengang</translation>
        </message>
        <message>
            <source>boxed</source>
            <translation>eingerahmt</translation>
        </message>
        <message>
            <source>stated</source>
            <translation>genannt</translation>
        </message>
        <message>
            <source>not stated: the last number</source>
            <translation>nicht genannt: die letzte Zahl</translation>
        </message>
        <message>
            <source> (the server's word: {reason})</source>
            <translation> (Wort des Servers: {reason})</translation>
        </message>
        <message>
            <source>in the thought: it was never closed</source>
            <translation>im Gedankengang: er wurde nie geschlossen</translation>
        </message>
        <message>
            <source>in the exposed text</source>
            <translation>im gezeigten Text</translation>
        </message>
        <message>
            <source>not in the thought; nothing tells whether the exposed text is whole</source>
            <translation>nicht im Gedankengang; ob der gezeigte Text vollständig ist, sagt nichts</translation>
        </message>
        <message>
            <source>nothing tells whether it was on</source>
            <translation>ob es an war, sagt nichts</translation>
        </message>
        <message>
            <source>on</source>
            <translation>an</translation>
        </message>
        <message>
            <source>off</source>
            <translation>aus</translation>
        </message>
        <message>
            <source>none that can be read</source>
            <translation>keine lesbare</translation>
        </message>
        <message>
            <source>Answers agree: {answer}</source>
            <translation>Antworten stimmen überein: {answer}</translation>
        </message>
        <message>
            <source>Answers DIFFER: thought {hidden}, shown {exposed}</source>
            <translation>Antworten VERSCHIEDEN: gedacht {hidden}, gezeigt {exposed}</translation>
        </message>
        <message>
            <source>Answers may differ: thought {hidden}, shown {exposed}</source>
            <translation>Antworten vielleicht verschieden: gedacht {hidden}, gezeigt {exposed}</translation>
        </message>
        <message>
            <source>Shown: {answer}; no answer can be read in the thought</source>
            <translation>Gezeigt: {answer}; im Gedankengang ist keine Antwort lesbar</translation>
        </message>
        <message>
            <source>In the thought: {answer}; no answer is shown</source>
            <translation>Im Gedankengang: {answer}; gezeigt wird keine Antwort</translation>
        </message>
        <message>
            <source>Neither text has an answer that can be read</source>
            <translation>Keiner der Texte hat eine lesbare Antwort</translation>
        </message>
        <message>
            <source>the same last number; neither text states an answer</source>
            <translation>dieselbe letzte Zahl; keiner der Texte nennt eine Antwort</translation>
        </message>
        <message>
            <source>the same; {how}</source>
            <translation>gleich; {how}</translation>
        </message>
        <message>
            <source>cannot be said: the thought states no answer, and its last number need not be one</source>
            <translation>nicht zu sagen: der Gedankengang nennt keine Antwort, und seine letzte Zahl muss keine sein</translation>
        </message>
        <message>
            <source>cannot be said: the shown text states no answer, and its last number need not be one</source>
            <translation>nicht zu sagen: der gezeigte Text nennt keine Antwort, und seine letzte Zahl muss keine sein</translation>
        </message>
        <message>
            <source>DIFFERENT; {how}</source>
            <translation>VERSCHIEDEN; {how}</translation>
        </message>
        <message>
            <source>step {step}, stated: {answer}</source>
            <translation>Schritt {step}, genannt: {answer}</translation>
        </message>
        <message>
            <source>step {step}, worked out: {answer}</source>
            <translation>Schritt {step}, ausgerechnet: {answer}</translation>
        </message>
        <message>
            <source>The answer shown is nowhere in the thought</source>
            <translation>Die gezeigte Antwort steht nirgends im Gedankengang</translation>
        </message>
        <message>
            <source>There is no answer to look for in it</source>
            <translation>Es gibt keine Antwort, die darin zu suchen wäre</translation>
        </message>
        <message>
            <source>The answer is there in step {step} of {steps}</source>
            <translation>Antwort in Schritt {step} von {steps}</translation>
        </message>
        <message>
            <source>{share:.0%} after it: {sizes}</source>
            <translation>{share:.0%} danach: {sizes}</translation>
        </message>
        <message>
            <source>Measured by</source>
            <translation>Gemessen durch</translation>
        </message>
        <message>
            <source>Answer first</source>
            <translation>Antwort zuerst</translation>
        </message>
        <message>
            <source>After it</source>
            <translation>Danach</translation>
        </message>
        <message>
            <source>First stated</source>
            <translation>Zuerst genannt</translation>
        </message>
        <message>
            <source>the stated answer changed {times}, away from the one compared with {away}</source>
            <translation>die genannte Antwort wechselte {times}, davon {away} weg von der verglichenen</translation>
        </message>
        <message>
            <source>the stated answer never changed</source>
            <translation>die genannte Antwort wechselte nie</translation>
        </message>
        <message>
            <source>Changes of mind</source>
            <translation>Meinungswechsel</translation>
        </message>
        <message>
            <source>{steps} said again, {share:.0%} of the words</source>
            <translation>{steps} noch einmal gesagt, {share:.0%} der Wörter</translation>
        </message>
        <message>
            <source>Repeats</source>
            <translation>Wiederholungen</translation>
        </message>
        <message>
            <source>steps {first}–{last} repeat the {steps} before them {times:.1f} times</source>
            <translation>Schritte {first}–{last} wiederholen {steps} davor {times:.1f}-mal</translation>
        </message>
        <message>
            <source>Loop</source>
            <translation>Schleife</translation>
        </message>
        <message>
            <source>{planning:.0%} plans or goes back, {execution:.0%} computes or checks, {switches:,} switches between</source>
            <translation>{planning:.0%} plant oder kehrt um, {execution:.0%} rechnet oder prüft, {switches:,} Wechsel dazwischen</translation>
        </message>
        <message>
            <source>By function</source>
            <translation>Nach Funktion</translation>
        </message>
        <message>
            <source>never: the thought nowhere states it or works it out</source>
            <translation>nie: der Gedankengang nennt sie nirgends und rechnet sie nirgends aus</translation>
        </message>
        <message>
            <source>Self-evaluation</source>
            <translation>Selbstbewertung</translation>
        </message>
        <message>
            <source>Rule</source>
            <translation>Regel</translation>
        </message>
        <message>
            <source>Code</source>
            <translation>Code</translation>
        </message>
        <message>
            <source>Person</source>
            <translation>Person</translation>
        </message>
        <message>
            <source>how likely is it that a trace with this step comes out right?</source>
            <translation>wie wahrscheinlich geht eine Spur mit diesem Schritt richtig aus?</translation>
        </message>
        <message>
            <source>The bundled process reward model reads every step.</source>
            <translation>Das mitgelieferte Process-Reward-Modell liest jeden Schritt.</translation>
        </message>
        <message>
            <source>how likely is it that this answer is right?</source>
            <translation>wie wahrscheinlich ist diese Antwort richtig?</translation>
        </message>
        <message>
            <source>The bundled outcome reward model reads the whole trace, once it has ended.</source>
            <translation>Das mitgelieferte Outcome-Reward-Modell liest die ganze Spur, sobald sie zu Ende ist.</translation>
        </message>
        <message>
            <source>Rule checks</source>
            <translation>Regelprüfung</translation>
        </message>
        <message>
            <source>is this step legal, is its arithmetic right?</source>
            <translation>ist dieser Schritt erlaubt, ist er richtig gerechnet?</translation>
        </message>
        <message>
            <source>Exact rules of the problem; free, and ignorant of the solution.</source>
            <translation>Genaue Regeln der Aufgabe; kostenlos und ohne Kenntnis der Lösung.</translation>
        </message>
        <message>
            <source>can what is left still be solved: surely, likely, or impossibly?</source>
            <translation>ist der Rest noch lösbar: sicher, wahrscheinlich oder unmöglich?</translation>
        </message>
        <message>
            <source>The policy judges its own steps in words, a few times each.</source>
            <translation>Die Policy beurteilt ihre eigenen Schritte in Worten, jeden einige Male.</translation>
        </message>
        <message>
            <source>Scale 1–10</source>
            <translation>Skala 1–10</translation>
        </message>
        <message>
            <source>how likely can what is left still be solved, from 1 to 10?</source>
            <translation>wie wahrscheinlich ist der Rest noch lösbar, von 1 bis 10?</translation>
        </message>
        <message>
            <source>The policy gives its own steps marks.</source>
            <translation>Die Policy gibt ihren eigenen Schritten Noten.</translation>
        </message>
        <message>
            <source>which of these steps is the best?</source>
            <translation>welcher dieser Schritte ist der beste?</translation>
        </message>
        <message>
            <source>The policy compares the steps of one move with each other and votes a few times.</source>
            <translation>Die Policy vergleicht die Schritte eines Zugs miteinander und stimmt einige Male ab.</translation>
        </message>
        <message>
            <source>Self-check</source>
            <translation>Selbstprüfung</translation>
        </message>
        <message>
            <source>is this step right?</source>
            <translation>ist dieser Schritt richtig?</translation>
        </message>
        <message>
            <source>The policy is asked for (A) or (B); the score is the probability of (A).</source>
            <translation>Die Policy wird nach (A) oder (B) gefragt; die Bewertung ist die Wahrscheinlichkeit von (A).</translation>
        </message>
        <message>
            <source>is this the known right answer?</source>
            <translation>ist das die bekannte richtige Antwort?</translation>
        </message>
        <message>
            <source>For experiments only: the run says for ever that a known right answer influenced it.</source>
            <translation>Nur für Versuche: der Lauf sagt für immer, dass eine bekannte richtige Antwort ihn beeinflusst hat.</translation>
        </message>
        <message>
            <source>Scale</source>
            <translation>Skala</translation>
        </message>
    </context>
</TS>
