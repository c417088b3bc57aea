package dev.millrace.liveserver.http;

import java.util.Optional;

/** The query of a request. Values are not decoded: none of the known ones needs percent-encoding. */
final class Query {

    private Query() {}

    /** The first value of a name. */
    static Optional<String> value(Call call, String name) {
        for (String pair : call.rawQuery().orElse("").split("&")) {
            if (pair.startsWith(name + "=")) {
                return Optional.of(pair.substring(name.length() + 1));
            }
        }
        return Optional.empty();
    }
}
