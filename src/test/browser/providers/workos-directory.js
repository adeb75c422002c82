// What WorkOS keeps of people: users, organizations, memberships, invitations, and the REST interface to them.
import { randomBytes } from "node:crypto";

export const next = (kind) => `${kind}_${randomBytes(13).toString("hex").toUpperCase()}`;

export class Refused extends Error {
  constructor(status, code, message) {
    super(message);
    Object.assign(this, { status, code });
  }
}

export class Directory {
  users = new Map();
  organizations = new Map();
  memberships = new Map();
  invitations = new Map();

  user(email, { verified = true } = {}) {
    const user = { object: "user", id: next("user"), email, email_verified: verified, first_name: null, last_name: null };
    this.users.set(user.id, user);
    return user;
  }

  organization(name, ...members) {
    const organization = { object: "organization", id: next("org"), name, external_id: null };
    this.organizations.set(organization.id, organization);
    members.forEach((user) => this.member(user, organization));
    return organization;
  }

  member(user, organization, role = "member") {
    const membership = {
      object: "organization_membership",
      id: next("om"),
      user_id: user.id,
      organization_id: organization.id,
      organization_name: organization.name,
      status: "active",
      role: { slug: role },
    };
    this.memberships.set(membership.id, membership);
    return membership;
  }

  organizationsOf(userId) {
    return [...this.memberships.values()].filter((membership) => membership.user_id === userId);
  }

  rest(operation, url, { body, response }) {
    const [, collection, id, verb] =
      url.pathname.match(/^\/(organizations|user_management\/(?:users|organization_memberships|invitations))\/(\w+)(?:\/(\w+))?$/) ?? [];
    const sent = body ? JSON.parse(body) : {};
    const list = (data) => json(response, 200, { object: "list", data, list_metadata: {} });
    const known = (map) => {
      if (!map.has(id)) {
        throw new Refused(404, "entity_not_found", "Nothing is there.");
      }
      return map.get(id);
    };
    switch (collection ? `${operation.split(" ")[0]} ${collection} ${verb ?? ""}`.trim() : operation) {
      case "POST /organizations":
        return json(response, 201, Object.assign(this.organization(sent.name), { external_id: sent.external_id }));
      case "PUT organizations":
        return json(response, 200, Object.assign(known(this.organizations), { name: sent.name }));
      case "DELETE organizations":
        this.organizations.delete(known(this.organizations).id);
        return response.writeHead(204).end();
      case "GET user_management/users":
        return json(response, 200, known(this.users));
      case "POST /user_management/organization_memberships": {
        const [user, organization] = [this.users.get(sent.user_id), this.organizations.get(sent.organization_id)];
        if (!user || !organization) {
          throw new Refused(404, "entity_not_found", "Nothing is there.");
        }
        return json(response, 201, this.member(user, organization, sent.role_slug));
      }
      case "GET /user_management/organization_memberships":
        return list(this.organizationsOf(url.searchParams.get("user_id")));
      case "DELETE user_management/organization_memberships":
        this.memberships.delete(known(this.memberships).id);
        return response.writeHead(204).end();
      case "POST /user_management/invitations":
        return json(response, 201, this.#invite(sent));
      case "GET /user_management/invitations":
        return list(this.#invited(url.searchParams.get("email"), url.searchParams.get("organization_id")));
      default:
        throw new Refused(404, "entity_not_found", `Nothing is at ${operation}.`);
    }
  }

  #invite({ email, organization_id, role_slug }) {
    if (this.#invited(email, organization_id).length) {
      throw new Refused(400, "duplicate_invitation", "This person is invited already.");
    }
    const id = next("invitation");
    const invitation = { object: "invitation", id, email, state: "pending", organization_id, role_slug, token: next("token") };
    this.invitations.set(id, invitation);
    return invitation;
  }

  #invited(email, organizationId) {
    return [...this.invitations.values()].filter(
      (invitation) => invitation.state === "pending" && invitation.email === email && invitation.organization_id === organizationId,
    );
  }

  /** Where the link in the mail leads: to the sign-in endpoint that the dashboard names, with the invitation's token. */
  mailTo(email) {
    const invitation = [...this.invitations.values()].find((each) => each.email === email && each.state === "pending");
    return invitation ? `/auth/sign-in?invitation_token=${invitation.token}` : null;
  }

  /** Whoever signs in with an invitation's token and its email has accepted it. */
  accept(user, token) {
    const invitation = [...this.invitations.values()].find((each) => each.token === token && each.state === "pending");
    if (!invitation || invitation.email !== user.email) {
      throw new Refused(400, "invitation_invalid", "This invitation is not for you.");
    }
    invitation.state = "accepted";
    this.member(user, this.organizations.get(invitation.organization_id), invitation.role_slug);
    return invitation.organization_id;
  }
}

export function json(response, status, body) {
  response.writeHead(status, { "Content-Type": "application/json" }).end(JSON.stringify(body));
}
