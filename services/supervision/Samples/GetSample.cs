using Gengdu.Audit;
using Gengdu.Organisations;
using Gengdu.ServiceDefaults;
using Gengdu.Supervision.Data;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Gengdu.Supervision.Samples;

internal static class GetSample
{
    public static async Task<Results<Ok<SampleResponse>, ProblemHttpResult>> HandleAsync(
        Guid id, Caller caller, SupervisionDbContext db, AuditTrail trail, CancellationToken cancellationToken)
    {
        var (sample, problem) = await db.FindSampleAsync(caller, id, cancellationToken);
        if (sample is null)
        {
            return problem!.ToHttpResult();
        }

        var response = await sample.ToResponseAsync(db, caller, cancellationToken);
        await trail.SawAsync("sample", sample.Id, sample.OrganisationPath);
        return TypedResults.Ok(response);
    }
}
