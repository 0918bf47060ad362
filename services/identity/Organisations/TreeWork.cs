using Gengdu.Audit;
using Gengdu.Identity.Data;
using Gengdu.Messaging;
using Gengdu.Organisations;
using Gengdu.ServiceDefaults;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;
using Npgsql;

namespace Gengdu.Identity.Organisations;

/// <param name="Applied">false when it was only asked what would happen.</param>
/// <param name="Organisations">How many organisations change, the schools among them included.</param>
/// <param name="Losing">Who will no longer reach the moved organisations, as far as the caller sees them.</param>
/// <param name="Gaining">Who will reach them.</param>
internal sealed record TreeChangeResponse(
    bool Applied, int Organisations, int Schools, IReadOnlyList<AccessShift> Losing, IReadOnlyList<AccessShift> Gaining, OrganisationResponse Organisation, IReadOnlyList<OrganisationResponse> Created);

/// <summary>
/// The course of every change of one organisation: found and permitted, of the version the administrator saw, decided by the
/// aggregate under the lock of the tree, told to all readers in the same transaction. Whoever administers the place above decides.
/// </summary>
internal sealed class TreeWork(IdentityDbContext db, AccessCache access, TimeProvider clock, Caller caller, IHttpContextAccessor http)
{
    public const int LongestReason = 200;

    public delegate Task<Problem?> Decision(Organisation organisation, TreeChange change);

    public async Task<Results<Ok<TreeChangeResponse>, ProblemHttpResult>> RunAsync(
        Guid id, string act, DateOnly? effectiveOn, string? reason, bool preview, Decision decide, CancellationToken cancellationToken)
    {
        var now = clock.GetUtcNow();
        await using var transaction = await db.Database.BeginTransactionAsync(cancellationToken);
        if (!preview)
        {
            await db.LockTreeAsync(cancellationToken);
        }

        var organisation = await db.Organisations.WithPresentVersion().SingleOrDefaultAsync(o => o.Id == id, cancellationToken);
        var change = new TreeChange(act, effectiveOn ?? SchoolDay.Of(now), now, caller.PersonId, string.IsNullOrWhiteSpace(reason) ? null : reason.Trim());
        if (Refuse(organisation, change, preview) is { } refused || await decide(organisation!, change) is { } forbidden && (refused = forbidden) is not null)
        {
            return refused.ToHttpResult();
        }

        var effects = await TreeEffects.OfAsync(db, caller, SchoolDay.Of(now), cancellationToken);
        var answer = new TreeChangeResponse(!preview, effects.Organisations, effects.Schools, effects.Losing, effects.Gaining, OrganisationResponse.Of(organisation!), effects.Created);
        if (preview)
        {
            return TypedResults.Ok(answer);
        }

        AuditTrail(organisation!, change);
        if (await CommitAsync(now, cancellationToken) is { } taken)
        {
            return taken.ToHttpResult();
        }

        EntityTag.Set(http.HttpContext!.Response, organisation!.Version);
        return TypedResults.Ok(answer);
    }

    /// <summary>One line for what was changed and each that ended or began with it; what merely follows its parent is a number.</summary>
    private void AuditTrail(Organisation subject, TreeChange change)
    {
        var changed = TreeEffects.Changed(db);
        foreach (var entry in changed.Where(e => e.Entity == subject || e.State == EntityState.Added || e.Property(o => o.ValidTo).IsModified))
        {
            var one = entry.Entity;
            var act = AuditAct.Of(caller, $"organisation.{change.Act}", one.Id, one.Path, new
            {
                one.Code, one.Version, change.EffectiveOn, one.ParentId, FromParentId = entry.State == EntityState.Added ? null : entry.Property(o => o.ParentId).OriginalValue, one.SuccessorId, one.PredecessorId,
            });
            db.Audit(act with { OrganisationId = one.Id, Rows = one == subject ? changed.Count : 1 }, change.RecordedAt);
        }
    }

    /// <summary>An open organisation at the other end of a change; null when it is not there or not the caller's to administer, the same for both.</summary>
    public async Task<Organisation?> AdministeredAsync(Guid id, CancellationToken cancellationToken) =>
        await db.Organisations.WithPresentVersion().SingleOrDefaultAsync(o => o.Id == id, cancellationToken) is { IsOpen: true } found && caller.MayActAs(found.Path, Roles.Administrator) ? found : null;

    /// <summary>Whether the caller decides about it: administers the place above.</summary>
    public bool Decides(Organisation organisation) => caller.MayActAs(DecidingPath(organisation.Path), Roles.Administrator);

    /// <summary>Everything under these, parents first.</summary>
    public async Task<IReadOnlyList<Organisation>> BelowAsync(IReadOnlyCollection<string> paths, CancellationToken cancellationToken)
    {
        var below = new List<Organisation>();
        foreach (var path in paths)
        {
            below.AddRange(await db.Organisations.WithPresentVersion().Under(path, o => o.Path).Where(o => o.Path != path).ToListAsync(cancellationToken));
        }

        return [.. below.OrderBy(o => o.Path.Length)];
    }

    /// <summary>Publishes what changed and commits; refuses where a code was taken where the caller cannot see it.</summary>
    public async Task<Problem?> CommitAsync(DateTimeOffset now, CancellationToken cancellationToken)
    {
        foreach (var changed in TreeEffects.Changed(db))
        {
            db.Publish(changed.Entity.ToOrganisationChanged(), now);
        }

        try
        {
            await db.SaveChangesAsync(cancellationToken);
        }
        catch (DbUpdateException fault) when (fault.InnerException is PostgresException { SqlState: PostgresErrorCodes.UniqueViolation, TableName: "taken_codes" or "organisations" })
        {
            return TreeProblems.CodeTaken;
        }

        FaultPoints.Pass(FaultPoints.BeforeCommit);
        await db.Database.CurrentTransaction!.CommitAsync(cancellationToken);
        access.Forget();
        return null;
    }

    /// <summary>The place that decides about an organisation: the one above it, and the province about itself.</summary>
    private static string DecidingPath(string path) => path.LastIndexOf('/', path.Length - 2) is > 0 and var slash ? path[..(slash + 1)] : path;

    private Problem? Refuse(Organisation? organisation, TreeChange change, bool preview) =>
        organisation is null || !caller.Sees(organisation.Path) ? GeneralProblems.NotFound
        : !Decides(organisation) ? GeneralProblems.Forbidden
        : !preview && EntityTag.Check(http.HttpContext!.Request, organisation.Version) is { } stale ? stale
        : change.Reason is { } reason && (reason.Length > LongestReason || !OrganisationFacts.IsPlain(reason)) ? TreeProblems.Faults([new("reason", "text", TreeProblems.BadReason)])
        : null;
}
