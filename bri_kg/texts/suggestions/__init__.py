"""What a text seems to say, for a person to accept or not: names, dates, amounts, speakers. Nothing here is a claim.

found_words     a suggestion: its words and where they stand, what they seem to mean, and what is to be noted
name_matching   known names in a text: the longest, at the edges of words
new_names       what is written as a name and is not known, and what abbreviations a text introduces
dates_told      dates and periods, by the names of times; amounts_told: numbers with what is said of them
speakers_told   who is quoted
found_in_text   all of them for one text, by sentence
outside         what a command of the user's suggests, held to the same rules
by_hand         documents with what somebody found in them; measured: how much of that is suggested
suggestion_sheet  the suggestions as a sheet of a workbook
"""
