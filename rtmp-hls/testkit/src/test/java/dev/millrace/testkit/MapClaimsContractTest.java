package dev.millrace.testkit;

import dev.millrace.rtmp.stream.NameClaims;

class MapClaimsContractTest extends NameClaimsContract {

    private final MapClaims shared = new MapClaims();

    @Override
    protected NameClaims createClaims(String process) {
        return shared;
    }
}
