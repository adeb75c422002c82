package dev.covibe.console.frame;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/** The address of a page with what the reader has chosen on it; what is absent or blank is left out. */
public final class Address {

    private final StringBuilder address;

    private Address(String page) {
        this.address = new StringBuilder(page);
    }

    /** @param page a path, perhaps with a query already */
    public static Address of(String page) {
        return new Address(page);
    }

    public Address with(String name, Optional<String> value) {
        Typed.text(value).ifPresent(text -> address.append(address.indexOf("?") < 0 ? '?' : '&')
                .append(name)
                .append('=')
                .append(URLEncoder.encode(text, StandardCharsets.UTF_8)));
        return this;
    }

    @Override
    public String toString() {
        return address.toString();
    }
}
