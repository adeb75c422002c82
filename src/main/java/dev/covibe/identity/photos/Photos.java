package dev.covibe.identity.photos;

import dev.covibe.identity.Caller;
import dev.covibe.platform.crypto.Sha256;
import dev.covibe.platform.problem.FieldError;
import dev.covibe.platform.problem.Refusal;
import dev.covibe.platform.sql.Sql;
import dev.covibe.tenancy.Place;
import dev.covibe.tenancy.Transactions;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.HexFormat;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.Semaphore;
import java.util.regex.Pattern;

/**
 * The faces of people (IDN-13). A photo is known by the hash of its content, so its address may be kept for ever; only the
 * person's own company sees it.
 */
@ApplicationScoped
public class Photos {

    /** 5 MiB. */
    public static final int LARGEST = 5 * 1024 * 1024;

    /** For lists. In CSS pixels half as large, on fine screens. */
    public static final int SMALL = 64;

    /** For the person's own page. */
    public static final int LARGE = 256;

    private static final Set<Integer> SIZES = Set.of(SMALL, LARGE);
    private static final Pattern HASH = Pattern.compile("[0-9a-f]{32}");
    private static final int HASH_BYTES = 16;

    private final Transactions transactions;
    private final Sql sql;
    private final PhotoStore store;

    /** A picture takes up to 100 MB while it is read, so one instance reads one at a time. */
    private final Semaphore reading = new Semaphore(1);

    Photos(Transactions transactions, Sql sql, PhotoStore store) {
        this.transactions = transactions;
        this.sql = sql;
        this.store = store;
    }

    /** Where a photo is shown from. */
    public static String address(String hash, int size) {
        return "/photos/" + hash + "/" + size;
    }

    /**
     * Makes the picture the caller's photo, in place of an earlier one.
     *
     * @param file PNG, JPEG or WebP, at most {@link #LARGEST} bytes and 25 megapixels
     * @return its hash
     * @throws Refusal.Invalid {@code photo.unreadable}, {@code photo.too-large}, {@code photo.too-small}
     * @throws Refusal.Forbidden {@code identity.people-only}
     */
    public String set(Caller caller, byte[] file) {
        caller.mustBeInPerson();
        if (file.length > LARGEST) {
            String message = "The picture is larger than 5 MiB.";
            throw Refusal.invalid("photo.too-large", message, new FieldError("/photo", message));
        }
        Square square = read(file);
        byte[] large = Picture.jpeg(square.scaled(LARGE));
        String hash = hash(large);
        UUID tenant = caller.place().tenantId();
        // Before the row: an address that is known must lead to something.
        store.write(tenant, hash, LARGE, large);
        store.write(tenant, hash, SMALL, Picture.jpeg(square.scaled(SMALL)));
        replace(caller.place(), caller.developerId(), Optional.of(hash));
        return hash;
    }

    private Square read(byte[] file) {
        reading.acquireUninterruptibly();
        try {
            return Picture.read(file);
        } finally {
            reading.release();
        }
    }

    private static String hash(byte[] jpeg) {
        return HexFormat.of().formatHex(Sha256.of(jpeg), 0, HASH_BYTES);
    }

    /** Takes the caller's photo away; without one nothing happens. */
    public void remove(Caller caller) {
        caller.mustBeInPerson();
        forget(caller.place(), caller.developerId());
    }

    /** Deletes the photo of somebody of the place's tenant. */
    public void forget(Place place, UUID developerId) {
        replace(place, developerId, Optional.empty());
    }

    private void replace(Place place, UUID developerId, Optional<String> hash) {
        Optional<String> unused = transactions.in(place, () -> {
            // One after the other in a company, so that of two who share a picture one keeps it.
            transactions.oneAfterTheOther();
            Optional<String> before = sql.first(
                            "select photo from developers where id = ?", row -> row.optionalText("photo"), developerId)
                    .flatMap(known -> known);
            sql.update("update developers set photo = ? where id = ?", hash, developerId);
            return before.filter(known -> !isShown(place.tenantId(), known));
        });
        unused.ifPresent(known -> SIZES.forEach(size -> store.delete(place.tenantId(), known, size)));
    }

    private boolean isShown(UUID tenantId, String hash) {
        return sql.first(
                        "select id from developers where tenant_id = ? and photo = ? limit 1",
                        row -> row.uuid("id"),
                        tenantId,
                        hash)
                .isPresent();
    }

    /**
     * A square of a photo of the caller's company, as JPEG.
     *
     * @throws Refusal.NotFound {@code photo.unknown} when it is another company's as well
     */
    byte[] file(Caller caller, String hash, int size) {
        UUID tenant = caller.place().tenantId();
        return Optional.of(hash)
                .filter(text -> HASH.matcher(text).matches() && SIZES.contains(size))
                .filter(text -> transactions.in(caller.place(), () -> isShown(tenant, text)))
                .flatMap(text -> store.read(tenant, text, size))
                .orElseThrow(() -> Refusal.notFound("photo.unknown", "There is no such photo."));
    }
}
