using Gengdu.Audit;
using Gengdu.Organisations;
using Gengdu.ServiceDefaults;
using Gengdu.Supervision.Clocks;
using Gengdu.Supervision.Data;
using Gengdu.Supervision.Reviews;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;

namespace Gengdu.Supervision.Returns;

/// <param name="Organisation">Whose words.</param>
/// <param name="Own">Of the office asked for: kept there.</param>
public sealed record ReturnPhraseResponse(Guid Id, string Code, string Text, ActingOrganisation Organisation, bool Own);

internal static class ListReturnPhrases
{
    /// <summary>What an office's reviewers may choose from: its own words first, then those of the levels above it.</summary>
    public static async Task<Results<Ok<IReadOnlyList<ReturnPhraseResponse>>, ProblemHttpResult>> HandleAsync(
        Guid organisationId, Caller caller, SupervisionDbContext db, AuditTrail trail, CancellationToken cancellationToken)
    {
        var (place, _, problem) = await BoardPlaces.FindAsync(db, caller, organisationId, cancellationToken);
        if (place is null)
        {
            return problem!.ToHttpResult();
        }

        var above = Upwards(place.Path).ToArray();
        var found = await (from phrase in db.Set<ReturnPhrase>().AsNoTracking()
                           join o in db.Organisations on phrase.OrganisationId equals o.Id
                           where above.Contains(o.Path)
                           orderby o.Path.Length descending, phrase.Code, phrase.AddedAt, phrase.Id
                           select new ReturnPhraseResponse(phrase.Id, phrase.Code, phrase.Text, new(o.Id, o.NameZh, o.NameEn), o.Id == organisationId)).ToListAsync(cancellationToken);
        await trail.SawAsync("return-phrase", organisationId, place.Path, found.Count);
        return TypedResults.Ok<IReadOnlyList<ReturnPhraseResponse>>(found);
    }

    /// <summary>"/1/12/157/" gives itself, "/1/12/", "/1/".</summary>
    private static IEnumerable<string> Upwards(string path)
    {
        for (var end = path.Length; end > 1; end = path.LastIndexOf('/', end - 2) + 1)
        {
            yield return path[..end];
        }
    }
}
