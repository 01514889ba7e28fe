import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.analysis.boilerplate import PHRASES
from index.analysis.prose import Kind, paragraphs

PROSE = """
Subscribe numbers rose 5 % in March, the company said.
Subscribers to the newsletter were told of the leak.
About 5,000 people subscribe to her newsletter, the company said.
Follow the money, said the mayor on Facebook on Tuesday.
Comments by the minister drew protests.
Share prices fell 3 percent on Monday.
More from the same well was pumped on Friday.
More than 300 people were hurt.
Advertisement revenue fell.
Updated figures show that 300 people died.
Published on Tuesday, the report blames the mayor.
Published 20 years ago, the book sold well.
Posted prices rose on Monday.
Sign up for the Affordable Care Act before Dec. 15, officials said.
Register to vote by Oct. 5 at the county office.
Find out more about the storm on Facebook, the mayor told residents.
Copyright law was changed in 2019.
Related cases were found in Ohio.
Read more books, the minister told pupils.
Photo radar will return to Denver streets.
Photo by photo, the archive was scanned last year.
Image problems plague the party.
Credit card debt rose in March.
File folders were found in the garage.
By Monday the river had risen two meters.
The picture was taken by Reuters photographers.
The mayor resigned on Monday. (Reuters)
Watch the skies tonight, NASA said.
Join the army, the posters say on Facebook.
Like Twitter, Facebook lost users on Monday.
Like its rivals on YouTube, the channel lost viewers in May.
He asked fans to follow him on Instagram, the complaint says.
Click here, the e-mail said, and thousands did.
Tags were found on the turtles.
Topics included trade and security.
Anyone with information can contact police at tips@police.example.
Tiger Woods: +500
Bears 16, Panthers 13
- a list item
> a quoted line
He said: “No”
What happened next?
東京は晴れ。
"""

BOILERPLATE = """
Follow Frances Martel on Facebook and Twitter.
Follow us on Twitter
Follow John Smith on Twitter: @john
Follow @pullquote
READ MORE: A headline here
Read more about the storm
More:A headline glued to its label
Related: Another headline.
Related Articles
You may also like
More from Politics
Story continues below
Subscribe
Subscribe to our newsletter.
Sign up for our daily newsletter here.
What's everyone talking about? Sign up for our trending newsletter to get the news of the day
CLICK HERE TO GET THE APP
Share this article
Share
3 Comments
Leave a comment
Advertisement
© 2023 Acme
Copyright 2023 The Associated Press. All rights reserved.
We may earn a commission when you buy through links.
Last updated on March 3, 2024
Updated 3:45 p.m. EST
Updated: March 3, 2024 at 10:15 a.m.
This story has been updated to add new information.
The Associated Press contributed to this report.
(Reporting by Jane Doe; Editing by John Roe)
Contributing: Jane Doe
Jane Doe is a reporter. You can reach her at jdoe@example.org.
Tags: politics, elections
By Jane Doe
By Jane Doe and John Roe, Associated Press
https://example.org/a/b
tips@example.org
#news #weather
* * *
____
"""

CAPTIONS = """
Pickets outside the Kiln Lane works on Monday. (ANNA KELL/Estuary Wire via Harbour Pictures)
Kites over Dunfold Sands last year. (TOM ARKLESS/Harbour Pictures)
File/The leader and the president meet, on June 30, 2019. (BRENDAN SMIALOWSKI/AFP via Getty Images)
FILE - The mayor speaks in 2020.
FILE PHOTO: The mayor speaks. REUTERS/Jane Doe
Photo: Jane Doe
Photo by Jane Doe / Example
Image credit: NASA
Image source, Getty Images
(AP Photo/Jane Doe)
(Getty Images)
Getty Images
Jane Doe/Getty Images
The mayor in 2020. Photograph: Jane Doe/The Guardian
The mayor speaks on Monday. (Photo by Jane Doe)
The mayor on Monday. Jane Doe | Bloomberg | Getty Images
"""

HEADINGS = """
What we know so far
The road to Hanoi
# A Markdown heading.
###### Another, and with a final mark!
CNN —
"""


def cases(block: str) -> list[str]:
    return block.strip().splitlines()


def kinds(text: str) -> list[Kind]:
    return [paragraph.kind for paragraph in paragraphs(text)]


def texts(text: str) -> list[str]:
    return [text[paragraph.start : paragraph.end] for paragraph in paragraphs(text)]


@pytest.mark.parametrize("line", cases(PROSE))
def test_news_that_looks_like_furniture_is_prose(line):
    assert kinds(line) == [Kind.PROSE]


@pytest.mark.parametrize("line", cases(BOILERPLATE))
def test_furniture_of_a_page_is_boilerplate(line):
    assert kinds(line) == [Kind.BOILERPLATE]


@pytest.mark.parametrize("line", cases(CAPTIONS))
def test_a_label_or_a_credit_makes_a_caption(line):
    assert kinds(line) == [Kind.CAPTION]


@pytest.mark.parametrize("line", cases(HEADINGS))
def test_a_short_line_without_a_final_mark_is_a_heading(line):
    assert kinds(line) == [Kind.HEADING]


def test_a_long_line_is_never_furniture():
    line = "Subscribe to our newsletter. " * 20
    assert kinds(line) == [Kind.PROSE]


def test_many_short_lines_in_a_row_are_a_list():
    assert kinds("Flour\nSugar\nButter\nMix it all.") == [Kind.PROSE] * 4
    assert kinds("A headline\nA second line\nMix it all.") == [Kind.HEADING] * 2 + [Kind.PROSE]
    assert kinds("# Marked\nFlour\nSugar\nButter") == [Kind.HEADING] + [Kind.PROSE] * 3


@pytest.mark.parametrize(
    "line_break", ["\n", "\r\n", "\r", "\n\n", "\r\n\r\n", "\n \t \n", "\u2028", "\u2029"]
)
def test_every_kind_of_line_break_ends_a_paragraph(line_break):
    text = f"  One thing happened. {line_break}\tAnother did not.  "
    assert texts(text) == ["One thing happened.", "Another did not."]


HARD_WRAPPED = """\
The council met on Monday to decide about the bridge, which had been
closed since the flood of last year, but nothing was decided in the
end, because too many members had stayed at home.

Background

The bridge was built in 1902. It carries forty thousand cars a day, and
its closing has sent them through the old town, where residents have
complained of noise.

- the first item of a list
- the second item of it
"""


def test_hard_wrapped_lines_are_one_paragraph():
    first, heading, second, *items = texts(HARD_WRAPPED)
    assert (first[:11], first[-15:]) == ("The council", "stayed at home.")
    assert heading == "Background"
    assert (second[:10], second[-20:]) == ("The bridge", "complained of noise.")
    assert items == ["- the first item of a list", "- the second item of it"]


def test_hard_wrapped_lines_may_end_like_those_of_windows():
    windows = HARD_WRAPPED.replace("\n", "\r\n")
    assert [line.split() for line in texts(windows)] == [
        line.split() for line in texts(HARD_WRAPPED)
    ]


def test_a_short_last_line_ends_a_hard_wrapped_paragraph_too():
    found = texts("\n".join(HARD_WRAPPED.split("\n\n")[::2]))
    assert [paragraph[:11] for paragraph in found[:2]] == ["The council", "The bridge "]


def test_a_line_too_long_to_be_wrapped_changes_nothing():
    long = f"The record of the meeting is here:\nhttps://example.org/{'x' * 120}\nand there."
    assert texts("\n".join([HARD_WRAPPED] * 5 + [long]))[:5] == texts(HARD_WRAPPED)


@pytest.mark.parametrize(
    "lines",
    [
        [
            f"Sentence number {n} is a whole paragraph of about eighty letters, and ends here."
            for n in range(8)
        ],
        ["A short line", "and another one", "of a poem", "that nobody wrapped"],
        ["word " * n for n in (12, 19, 11, 17, 12, 18)],
        ["A paragraph that is much longer than anybody would ever wrap a line. " * 3] * 5,
    ],
)
def test_other_lines_stay_apart(lines):
    assert len(texts("\n".join(lines))) == len(lines)


LINES = st.lists(
    st.one_of(
        st.text(max_size=80),
        st.sampled_from([*cases(PROSE), *cases(BOILERPLATE), *cases(CAPTIONS), *cases(HEADINGS)]),
        st.sampled_from(["", " ", "\u2028", "\r", "word " * 14]),
    ),
    max_size=20,
).map("\n".join)


@given(LINES)
def test_paragraphs_ascend_are_trimmed_and_cover_every_word(text):
    at = 0
    for paragraph in paragraphs(text):
        assert at <= paragraph.start < paragraph.end
        assert not text[at : paragraph.start].strip()
        found = text[paragraph.start : paragraph.end]
        assert found == found.strip()
        at = paragraph.end
    assert not text[at:].strip()


@pytest.mark.parametrize(("letters", "phrase"), PHRASES)
@given(data=st.data())
def test_no_phrase_of_a_publisher_is_without_the_letters_it_is_told_by(letters, phrase, data):
    said = phrase.search(data.draw(st.from_regex(phrase)))
    assert said is not None
    assert letters in said[0].casefold()
