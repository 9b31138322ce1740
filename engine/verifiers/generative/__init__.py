"""Verifiers that write a critique, and whose score is read out of it. They know policies, no torch and no search.

A thought is neither shown nor judged. What a critic writes about a step is the note of its score. Where no verdict can
be had there is no score, and the note says why.
"""
