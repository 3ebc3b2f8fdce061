"""The words of a document in one language."""

from __future__ import annotations

from ...core.common.document.blocks import Term, Text
from ...core.common.messages import Message
from ...core.common.words import Words
from .map_classes import MapClass
from .translation import Speaker

HTML_LANGUAGES = {"en": "en", "zh": "zh-Hans"}


class PageWords:
    """Says the texts of a document in a language: "en" or "zh"."""

    def __init__(self, language: str) -> None:
        self.language = language
        self._speaker = Speaker(language)

    def say(self, text: Text) -> str:
        """A text in this language, ready to be drawn."""
        if isinstance(text, Words):
            own, other = (text.zh, text.en) if self.language == "zh" else (text.en, text.zh)
            return self._speaker.say(own or other)
        if isinstance(text, Term):
            word = text.word.replace("_", " ")
            for context in ("Choices", "Core"):
                if (found := self._speaker.translate(context, word)) != word:
                    return found
            return self._speaker.say(word)
        return self._speaker.say(text)

    def map_class(self, item: MapClass) -> str:
        """The label of a class of a map."""
        return self._speaker.translate("MapClasses", item.label)

    def page(self, number: int, pages: int) -> str:
        """The number of a page."""
        return self.say(Message("Page {page} of {pages}", page=number, pages=pages))

    def goes_on(self, title: str) -> str:
        """The title of a page that goes on with the page before."""
        return self.say(Message("{title} (continued)", title=title))

    def task_heads(self) -> tuple[str, str, str, str]:
        """The headings of a check-list."""
        done, when = self.say(Message("Done")), self.say(Message("Time (h:min)"))
        return done, when, self.say(Message("What")), self.say(Message("Who"))
