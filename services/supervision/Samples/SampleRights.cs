using Gengdu.Organisations;
using Gengdu.ServiceDefaults;
using Gengdu.Supervision.Data;
using Gengdu.Supervision.Reviews;
using Microsoft.EntityFrameworkCore;

namespace Gengdu.Supervision.Samples;

/// <summary>Who sees a sample and who acts in it.</summary>
internal static class SampleRights
{
    /// <summary>Sampling is for those above the first reader.</summary>
    public static readonly ReviewLevel[] Steps = [ReviewLevel.City, ReviewLevel.Province];

    /// <summary>Whose act it is at the step: the nearest node of that level on the line of the organisation whose schools are drawn.</summary>
    public static async Task<Problem?> RefuseAsync(this SupervisionDbContext db, Caller caller, string organisationPath, ReviewLevel step, CancellationToken cancellationToken)
    {
        if (!caller.MayActAs(organisationPath, ReviewRoles.Reviewers))
        {
            return GeneralProblems.Forbidden;
        }

        var line = await db.LineOfAsync(organisationPath, cancellationToken);
        return line.At(step) is not { } node ? ReviewProblems.NobodyThere(step)
            : caller.Rights.Any(right => right.Role == ReviewTransitions.Pass(step).Role && right.Path == node) ? null
            : ReviewProblems.NotYourStep(step);
    }

    /// <summary>The sample within the caller's sight: 404 outside, 403 inside without a reviewing role. The county whose schools were drawn sees it too.</summary>
    public static async Task<(Sample? Sample, Problem? Problem)> FindSampleAsync(this SupervisionDbContext db, Caller caller, Guid id, CancellationToken cancellationToken)
    {
        var sample = await db.Set<Sample>().VisibleTo(caller, s => s.OrganisationPath).FirstOrDefaultAsync(s => s.Id == id, cancellationToken);
        return sample is null ? (null, GeneralProblems.NotFound)
            : caller.MayActAs(sample.OrganisationPath, ReviewRoles.Reviewers) ? (sample, null)
            : (null, GeneralProblems.Forbidden);
    }

    /// <summary>Waits for whoever acts in it at this moment.</summary>
    public static Task HoldSampleAsync(this SupervisionDbContext db, Guid id, CancellationToken cancellationToken) =>
        db.Database.ExecuteSqlAsync($"select from samples where id = {id} for update", cancellationToken);
}
