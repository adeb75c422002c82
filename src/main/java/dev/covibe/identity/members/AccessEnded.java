package dev.covibe.identity.members;

import dev.covibe.identity.Role;
import dev.covibe.tenancy.Place;
import java.util.UUID;

/**
 * A developer may no longer enter a place: removed from the company or the workspace, or the workspace was archived. Told
 * after the commit, once for each place, so that what still runs in their name there is ended.
 */
public record AccessEnded(Place place, UUID developerId, String handle, Role role) {}
