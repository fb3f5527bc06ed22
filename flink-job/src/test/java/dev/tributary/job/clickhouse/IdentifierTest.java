package dev.tributary.job.clickhouse;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class IdentifierTest {

    @Test
    void whatWouldEndTheQuotesIsEscaped() {
        String sql = new Identifier("a`b\\c d").sql();

        assertThat(sql).isEqualTo("`a\\`b\\\\c d`");
    }
}
