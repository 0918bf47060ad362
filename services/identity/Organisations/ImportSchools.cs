using Gengdu.Audit;
using Gengdu.Identity.Data;
using Gengdu.Organisations;
using Gengdu.ServiceDefaults;
using Gengdu.Sheets;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;

namespace Gengdu.Identity.Organisations;

/// <param name="Fingerprint">Send it back to apply exactly what was shown.</param>
/// <param name="Encoding">How the file was read: "utf-8" or "gb18030".</param>
/// <param name="Differences">The first 500, in the order of the file.</param>
internal sealed record ImportSchoolsResponse(
    bool Applied, string Fingerprint, string Encoding, int New, int Changed, int Moved, int Closed, int Unchanged, IReadOnlyList<SchoolDifference> Differences);

/// <summary>
/// A list of schools compared with the tree. First the differences, field by field; then, with their fingerprint, all of them or
/// none. A school is found by its code; a new code for one that is known is a change of type and not for a list.
/// </summary>
internal static class ImportSchools
{
    /// <summary>A province is two million bytes.</summary>
    public const long LargestFile = 8 * 1024 * 1024;

    private const int Shown = 500;

    /// <param name="preview">Only say what would happen.</param>
    /// <param name="fingerprint">Of the preview; without it nothing is applied (428), with that of another state neither (412).</param>
    /// <param name="closeMissingBelow">Schools under this organisation that the list does not name are closed.</param>
    /// <param name="effectiveOn">From which day; today when missing.</param>
    public static async Task<Results<Ok<ImportSchoolsResponse>, ProblemHttpResult>> HandleAsync(
        HttpRequest request, Caller caller, TreeWork work, IdentityDbContext db, TimeProvider clock, CancellationToken cancellationToken,
        bool preview = false, string? fingerprint = null, Guid? closeMissingBelow = null, DateOnly? effectiveOn = null)
    {
        if (caller.SubtreePaths(Roles.Administrator).Length == 0)
        {
            return GeneralProblems.Forbidden.ToHttpResult();
        }

        using var body = new MemoryStream();
        await request.Body.CopyToAsync(body, cancellationToken);
        if (Sheet.Decode(body.ToArray()) is not { } read)
        {
            return TreeProblems.NotReadable.ToHttpResult();
        }

        var (lines, errors) = SchoolFile.Read(read.Text);
        var now = clock.GetUtcNow();
        var change = new TreeChange(TreeActs.Changed, effectiveOn ?? SchoolDay.Of(now), now, caller.PersonId);
        if (change.EffectiveOn > SchoolDay.Of(now))
        {
            return TreeProblems.InTheFuture.ToHttpResult();
        }

        await using var transaction = await db.Database.BeginTransactionAsync(cancellationToken);
        if (!preview)
        {
            await db.LockTreeAsync(cancellationToken);
        }

        if (await MissingAsync(closeMissingBelow, lines, work, db, cancellationToken) is not { } missing)
        {
            return TreeProblems.UnknownTarget.ToHttpResult();
        }

        var plan = await PlanAsync(lines, missing, caller, work, db, change, errors, cancellationToken);
        if (errors.Count > 0)
        {
            return TreeProblems.BrokenSchools(errors.Count, [.. errors.OrderBy(e => e.Line).Take(200)]).ToHttpResult();
        }

        var answer = new ImportSchoolsResponse(
            !preview, plan.Fingerprint(), read.Encoding, plan.Count("new"), plan.Count("changed"), plan.Count("moved"), plan.Count("closed"), plan.Unchanged, [.. plan.Differences.Take(Shown)]);
        var refused = preview ? null : fingerprint is null ? GeneralProblems.VersionRequired : fingerprint != answer.Fingerprint ? GeneralProblems.Stale : await ApplyAsync(plan, answer, caller, work, db, now, cancellationToken);
        return refused is null ? TypedResults.Ok(answer) : refused.ToHttpResult();
    }

    private static async Task<IReadOnlyList<Organisation>?> MissingAsync(Guid? below, IReadOnlyList<SchoolFile.Line> lines, TreeWork work, IdentityDbContext db, CancellationToken cancellationToken)
    {
        if (below is not { } id)
        {
            return [];
        }

        var named = lines.Select(line => line.Facts.Code).ToHashSet();
        return await work.AdministeredAsync(id, cancellationToken) is { } place
            ? [.. (await db.Organisations.WithPresentVersion().Under(place.Path, o => o.Path).Where(o => o.Kind == "school" && o.ValidTo == null).ToListAsync(cancellationToken)).Where(o => !named.Contains(o.Code))]
            : null;
    }

    private static async Task<SchoolPlan> PlanAsync(
        IReadOnlyList<SchoolFile.Line> lines, IReadOnlyList<Organisation> missing, Caller caller, TreeWork work, IdentityDbContext db, TreeChange change, List<FieldError> errors, CancellationToken cancellationToken)
    {
        var codes = lines.Select(line => line.Facts.Code).Distinct().ToArray();
        var area = db.Organisations.VisibleTo(caller, o => o.Path, Roles.Administrator).Where(o => o.ValidTo == null);
        var schools = await area.WithPresentVersion().Where(o => o.Kind == "school" && codes.Contains(o.Code)).ToListAsync(cancellationToken);
        var divisions = await area.Where(o => o.Kind != "school").ToListAsync(cancellationToken);
        var taken = await db.TakenAsync(codes, cancellationToken);
        return new(lines, schools.Where(work.Decides).Concat(divisions), taken, missing, change, errors);
    }

    private static async Task<Problem?> ApplyAsync(SchoolPlan plan, ImportSchoolsResponse answer, Caller caller, TreeWork work, IdentityDbContext db, DateTimeOffset now, CancellationToken cancellationToken)
    {
        plan.Apply(await db.TakeNumbersAsync(answer.New, cancellationToken), school => db.AddWithCode(school, now));
        db.Audit(AuditAct.Of(caller, "schools.imported", answer.Fingerprint, caller.SubtreePaths(Roles.Administrator)[0], new { answer.New, answer.Changed, answer.Moved, answer.Closed }) with
        {
            Rows = answer.New + answer.Changed + answer.Moved + answer.Closed,
        }, now);
        return await work.CommitAsync(now, cancellationToken);
    }
}
