using Gengdu.Audit;
using Gengdu.Identity.Data;
using Gengdu.Organisations;

namespace Gengdu.Identity.Assignments;

/// <summary>What the audit says of a role: ids and codes, never the reason, which is somebody's own words.</summary>
internal static class AssignmentAudit
{
    public static void Audit(this IdentityDbContext db, Caller caller, string act, Assignment a, string path, DateTimeOffset now) => db.Audit(caller.PersonId, act, a, path, now);

    /// <param name="by">Null when a rule acted, not a person.</param>
    public static void Audit(this IdentityDbContext db, Guid? by, string act, Assignment a, string path, DateTimeOffset now) =>
        db.Audit(
            AuditAct.By(by, act, a.Id, path, new { a.PersonId, a.Role, a.ValidFrom, a.ValidTo, a.DelegatedFrom, a.Version }) with { ObjectKind = "assignment", OrganisationId = a.OrganisationId }, now);
}
