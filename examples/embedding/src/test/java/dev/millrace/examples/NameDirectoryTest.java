package dev.millrace.examples;

import dev.millrace.rtmp.stream.NameClaims;
import dev.millrace.testkit.NameClaimsContract;

/** Does what the library asks of the claims of every host. */
class NameDirectoryTest extends NameClaimsContract {

    private final NameDirectory directory = new NameDirectory();

    @Override
    protected NameClaims createClaims(String process) {
        return directory.claims(process);
    }
}
