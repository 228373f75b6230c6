package io.tickhub.client.deadletter;

/** What became of one dead letter that was to be replayed or dropped. */
public sealed interface Verdict {

    /** The letter's number. */
    long number();

    /** It was done; in a dry run: it would be. */
    record Done(DeadLetter letter) implements Verdict {

        @Override
        public long number() {
            return letter.number();
        }
    }

    /**
     * It was not done, and the letter is as it was.
     *
     * @param why one sentence for a person, with what to do
     */
    record Refused(long number, String why) implements Verdict {}
}
