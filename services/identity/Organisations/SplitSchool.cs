using System.Globalization;
using Gengdu.Identity.Data;
using Gengdu.ServiceDefaults;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;

namespace Gengdu.Identity.Organisations;

/// <param name="Parts">One to ten new schools at the same place.</param>
/// <param name="CloseOriginal">The original ends; else it goes on beside them.</param>
internal sealed record SplitSchoolRequest(IReadOnlyList<SplitSchoolPart> Parts, bool CloseOriginal = false, DateOnly? EffectiveOn = null, string? Reason = null);

internal sealed record SplitSchoolPart(string Code, string NameZh, string NameEn, string SchoolType, string UrbanRural, string RunBy, IReadOnlyList<string> Grades);

/// <summary>New schools out of one, each with a code of its own and a link to where it comes from.</summary>
internal static class SplitSchool
{
    private const int MostParts = 10;

    public static Task<Results<Ok<TreeChangeResponse>, ProblemHttpResult>> HandleAsync(
        Guid id, SplitSchoolRequest request, TreeWork work, IdentityDbContext db, CancellationToken cancellationToken, bool preview = false) =>
        work.RunAsync(id, TreeActs.Split, request.EffectiveOn, request.Reason, preview, async (original, change) =>
        {
            if (request.Parts.Count is 0 or > MostParts)
            {
                return OrganisationProblems.BatchSize(MostParts);
            }

            var parts = request.Parts.Select(part => new OrganisationFacts(
                part.Code, part.NameZh.Trim(), part.NameEn.Trim(), ["school"], "school", part.SchoolType, part.UrbanRural, part.RunBy, part.Grades, change.EffectiveOn, null)).ToList();
            var taken = await db.TakenAsync([.. parts.Select(part => part.Code)], cancellationToken);
            if (Faults(parts, taken) is { Count: > 0 } faults)
            {
                return TreeProblems.Faults(faults);
            }

            var parent = await db.Organisations.SingleOrDefaultAsync(o => o.Id == original.ParentId, cancellationToken);
            if (parent is null)
            {
                return TreeProblems.SchoolsOnly;
            }

            var numbers = await db.TakeNumbersAsync(parts.Count, cancellationToken);
            var refused = Restructuring.Split(original, parent, parts, numbers, request.CloseOriginal, change, out var created);
            foreach (var school in created)
            {
                db.AddWithCode(school, change.RecordedAt);
            }

            return refused;
        }, cancellationToken);

    private static List<FieldError> Faults(List<OrganisationFacts> parts, HashSet<string> taken) => [.. parts.SelectMany((part, i) => part.Faults().Concat(part.Misfits())
        .Concat(taken.Contains(part.Code) ? [("code", "void", OrganisationProblems.CodeTaken)] : [])
        .Concat(parts.FindIndex(other => other.Code == part.Code) < i ? [("code", "duplicate", OrganisationProblems.Duplicate)] : [])
        .Select(fault => OrganisationProblems.Fault(string.Create(CultureInfo.InvariantCulture, $"parts/{i}/{fault.Item1}"), fault.Item2, fault.Item3)))];
}
