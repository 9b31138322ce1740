"""A broad list of everyday English words, so that a user's own problem mostly falls on known words. Plain data."""

from __future__ import annotations

from engine.learning.word_problems.lexicon import words

EVERYDAY = words("""
    a able about above across act active actual add added adds adult after afternoon again against age ago agree ahead
    air all almost alone along already also although altogether always am among amount an and animal animals another
    answer any anyone anything apart apartment area arm army around arrive arrives art as ask asked asks at attend
    attends average away baby back bad bake baked bakes balance ball bank bar barn base baseball basket basketball
    bath beach bear beat beautiful became because become bed bedroom been before began begin begins behind being below
    best better between bicycle big bike bill bird birthday bit black block blocks blood blue board boat body boil
    bone book books both bottle bottom bought bowl box boxes boy boys branch bread break breakfast bring brings broke
    broken brother brothers brought brown build building builds built burn bus buses business busy but butter buy
    buying buys by cafe cake cakes call called calls came camp can cannot cap car card cards care carries carry cars
    case cash cat catch cats caught cause cell cent center centimeters cents certain chair chairs chance change charge
    charges cheap cheaper check cheese chess chicken chickens child children chocolate choose church circle city class
    classes classroom clean clear climb clock close closed clothes cloud club coach coat coffee coin coins cold
    collect collected collects college color colors come comes coming common company compared complete completed
    computer concert consists contain contained contains continue cook cooked cookie cookies cooking cool copies copy
    corn corner correct cost costs could count counted country couple course cousin cover cow cows cream cross crowd
    cup cups customer customers cut cuts dad daily dance dark date daughter daughters day days dead deal decide
    decided decides decrease decreased deep degrees deliver delivered delivers desk did die difference different
    dinner direction discount dish dishes distance divide divided divides do doctor does dog dogs doing doll dollar
    dollars done door doors double down dozen dozens draw drawing draws dress dresses drink drinks drive driven driver
    drives driving drop drops drove dry during each ear early earn earned earning earns earth east easy eat eaten
    eating eats edge egg eggs eight eighteen eighth eighty either electric elephant eleven else email empty end ended
    ends energy engine enjoy enough enter entire equal equally even evening evenly event ever every everybody everyone
    everything exactly exam example except exchange exercise expensive extra eye eyes face fact factory fall falls
    family far farm farmer farmers farther fast faster father favorite fee feed feeds feel feet fell felt female fence
    few fewer field fifteen fifth fifths fifty figure fill filled fills film final finally find finds fine finger
    fingers finish finished finishes fire first fish five fixed flat flew flight floor floors flour flower flowers fly
    food foot football for forest forgot form forty forward found four fourteen fourth fourths free fresh friend
    friends from front fruit fruits fuel full fun further game games garden gas gate gave gets getting gift gifts girl
    girls give given gives giving glass glasses goal goals goes going gold gone good got grade graders grades grain
    gram grams grandfather grandma grandmother grandpa grass gray great green grew ground group groups grow growing
    grown grows guest guests guitar gym had hair half hall halves hand hands hang happen happens happy hard has hat
    hats have having he head health hear heart heavy height held help helped helps hens her here high higher hike him
    his hit hold holds hole holiday home homework horse hospital hot hotel hour hourly hours house houses how however
    huge human hundred hundreds hungry hurt husband ice idea if in inch inches include included includes including
    income increase increased increases initial initially inside instead interest into invite invited is island it
    item items its itself jacket jam jar jars job jobs join joined jump just keep keeps kept key keys kid kids
    kilogram kilograms kilometer kilometers kind kinds kitchen kitten knew know known knows lake land language large
    larger last late later laugh lay layer lead leaf learn learned learns least leave leaves leaving led left leg legs
    lemon length less lesson lessons let letter letters level library lie life lift light lights like liked likes line
    lines lion list listen liter liters little live lived lives living load local long longer look looking looks lose
    loses loss lost lot lots love low lower lunch machine machines made magazine mail main make makes making male man
    manager many map mark market math matter may maybe me meal meals mean means measure meat medium meet meeting meets
    member members men message met metal meter meters middle midnight might mile miles milk million mind mine minute
    minutes miss missed missing mix mixed mixture model mom moment money month monthly months moon more morning mother
    mountain mouse move moved moves movie movies much multiplied multiply music must my name named names near nearby
    need needed needs neighbor neighbors neither nest never new newspaper next night nights nine nineteen ninety ninth
    no nobody none noon nor normal north not note nothing notice now number numbers nurse object ocean of off offer
    offers office often oil old older oldest on once one ones only onto open opened opens or orange order ordered
    orders original originally other others ought our out outside oven over own owned owner owns pack package packages
    packet packets packs page pages paid pain paint painted painting paints pair pairs pan pants paper papers parent
    parents park parked part parts party pass passed passengers past path pattern pay paying pays peach pen pencil
    pencils pens people per percent percentage perfect perhaps period person pet pets phone phones photo piano pick
    picked picks picture pictures pie piece pieces pile pink pizza pizzas place placed places plan plane plans plant
    planted plants plate plates play played player players playing plays please plus pocket point points police pond
    pool poor popcorn possible post pot potatoes pound pounds pour practice prepare present presents press pretty
    price prices prize problem produce produced produces product profit program project pull pupil pupils purchase
    purchased purchases purple push put puts putting quarter quarters question quick quickly quiet quite rabbit
    rabbits race rain rained raise raised raises ran rate rather ratio reach reached reaches read reading reads ready
    real really reason receive received receives recipe record red reduce reduced refund regular remain remainder
    remained remaining remains remember remove removed rent repeat replace rest restaurant result return returned
    returns rice rich ride rides riding right ring ripe rise river road rock roll roof room rooms rope rose round row
    rows run runner running runs safe said salad salary sale sales salt same sand sandwich sandwiches save saved saves
    saving savings saw say says school schools score scored scores sea season seat seats second seconds section see
    seed seeds seem seen sell seller selling sells send sends sent separate serve serves service set sets seven
    seventeen seventh seventy several shape share shared shares sharing she sheep sheet sheets shelf shelves ship
    shirt shirts shoe shoes shop shopping shops short shorter shot should show shows side sides sign silver simple
    since sing single sister sisters sit sitting six sixteen sixth sixty size skin sky sleep sleeps slice slices slow
    slowly small smaller smile snack snacks snow so soap soccer sock soda soft sold some someone something sometimes
    son song songs soon sort sound soup south space speak special speed spend spending spends spent split spoon sports
    spring square stack stage stand standing stands star stars start started starting starts state station stay stays
    step steps stick sticks still stone stood stop stopped stops store stores story straight street string strong
    student students study subject subtract subtracted such sugar suit sum summer sun supply sure sweet swim swimming
    swims table tables take taken takes taking talk tall taller tank task tax taxi tea teach teacher teachers team
    teams tell ten tennis tenth tenths test tests text than thank that the their them themselves then there these they
    thick thing things think third thirds thirteen thirty this those though thought thousand three threw through
    throughout throw throws ticket tickets tie tied time times tip tips tire tired to today together told tomorrow ton
    tonight tons too took top total totals touch toward towel tower town toy toys track trade traded train trained
    training travel traveled traveling travels tree trees triangle tried trip triple trips truck trucks true try
    trying tub tube turn turned turns tutor twelve twenty twice two type uncle under understand uniform unit units
    until up upon us use used uses using usual usually valley value vegetable vegetables very video view village visit
    visited visitors visits wait waiting walk walked walking walks wall walls want wanted wants warm was wash washed
    washes waste watch watched watches watching water way we wear wears weather week weekend weekends weekly weeks
    weigh weighs weight well went were west wet what wheat wheel wheels when whenever where whether which while white
    who whole whom whose why wide width wife wild will win wind window windows wine wings winner winning wins winter
    wire wish with within without woke woman women won wood wooden word words wore work worked worker workers working
    works world worth would write writes writing written wrong wrote yard yards year yearly years yellow yes yesterday
    yet you young younger youngest your yourself zero zoo
""")

WITH_CAPITAL = words("""
    A About Adam After Albert Alex Alexander All Also Altogether Amanda America American An And Andrea Andrew Angela
    Ann Anne Annie Another Anthony April Arthur As Ashley At August Because Before Bella Beth Bill Billy Bob Bobby
    Both Brad Brandon Brenda Brian Bruce But By Calculate Can Carl Carla Carol Carter Charles Charlie Charlotte China
    Chinese Chloe Chris Christina Christmas Cindy Claire Cody Courtney Craig Dan Danny Darren Dave Dean Debbie
    December Dennis Diana Does Donald Donna During Dylan Each Easter Eddie Edward Eli Elizabeth Emily English Eric
    Ethan Europe Eva Evan Every Everyone February Find First Five For Four Frank Fred French From Gabriel Gary German
    Gina Given Greg Half Harry He Heather Helen Her His Holly How Howard However I If In India Initially Isaac
    Isabella It Its Jackson Jacob Jake Jamal James Jane January Jasmine Jason Jean Jeff Jenna Jennifer Jenny Jeremy
    Jerry Jesse Jessica Jill Jim Jimmy Joan Joe Joey Johnny Jonathan Jordan Jose Joseph Joshua Joy Juan Judy July June
    Karen Kathy Katie Kelly Ken Kevin Kim Kyle Larry Last Later Lauren Lee Let Linda Lisa London Louis Luke Madison
    Maggie Many March Marcus Margaret Marie Marta Martha Martin Mary Matt Matthew May Megan Melissa Michael Michelle
    Mike Molly Monica Most Mr Mrs My Nancy Natalie Nathan Next Nick Nicole No Not November Now October Of On Once One
    Only Originally Our Out Over Pam Paris Pat Patricia Patrick Phil Philip Rachel Ralph Randy Raymond Rebecca Rick
    Robert Robin Roger Ron Rose Roy Russell Ryan Sally Samantha Samuel Sandra Sandy Sarah Scott Sean September Sharon
    She Sheila Since So Sofia Some Spanish Stan Stella Stephanie Stephen Steve Steven Sue Suppose Susan Tara Ted Ten
    Teresa Terry That The Their Then There These They This Three Tim Timmy Timothy Tina Toby Today Todd Together Tommy
    Tony Tracy Travis Two Tyler Under Vanessa Walter We What When Where Which While Who Why Will William With Yes
    Yesterday York You Your Zach
""")
"""First words of sentences, months, languages, places and names."""
