using Gengdu.Identity.Data;
using Gengdu.ServiceDefaults;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Gengdu.Identity.Organisations;

/// <param name="Code">The new code, where the class of the code changes with the type; left out where it does not.</param>
internal sealed record RetypeSchoolRequest(string SchoolType, IReadOnlyList<string> Grades, string? Code = null, DateOnly? EffectiveOn = null, string? Reason = null);

/// <summary>Another school type. The old code is void for ever and still finds the school.</summary>
internal static class RetypeSchool
{
    public static Task<Results<Ok<TreeChangeResponse>, ProblemHttpResult>> HandleAsync(
        Guid id, RetypeSchoolRequest request, TreeWork work, IdentityDbContext db, CancellationToken cancellationToken, bool preview = false) =>
        work.RunAsync(id, TreeActs.Retyped, request.EffectiveOn, request.Reason, preview, async (school, change) =>
        {
            var facts = OrganisationFacts.Of(school) with { SchoolType = request.SchoolType, Grades = request.Grades, Code = request.Code ?? school.Code };
            if ((school.IsSchool ? facts.Problem(strictly: true) : null) is { } faults)
            {
                return faults;
            }

            var before = school.Code;
            if (school.Retype(request.SchoolType, request.Grades, request.Code, change) is { } refused)
            {
                return refused;
            }

            if (school.Code != before)
            {
                if ((await db.TakenAsync([school.Code], cancellationToken)).Count > 0)
                {
                    return TreeProblems.CodeTaken;
                }

                db.Add(new TakenCode { Code = school.Code, TakenAt = change.RecordedAt });
            }

            return null;
        }, cancellationToken);
}
