package io.tickhub.model;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class SourceIdsTest {

    @Test
    void eachNumberIsComparedWithTheOneBefore() {
        SourceIds ids = SourceIds.first(5);
        for (long id : new long[] {6, 9, 9, 8, 9, 1, 2, 3, Long.MAX_VALUE}) {
            ids = ids.next(id);
        }

        assertThat(ids).isEqualTo(new SourceIds(Long.MAX_VALUE, 2, Long.MAX_VALUE - 2, 1, 2));
    }

    @Test
    void whatIsMissingNeverTurnsNegative() {
        SourceIds ids = SourceIds.first(0);
        for (int i = 0; i < 30; i++) {
            ids = ids.next(i % 2 == 0 ? 999_999_999_999_999_999L : 0);
        }

        assertThat(ids.missing()).isEqualTo(Long.MAX_VALUE);
    }
}
