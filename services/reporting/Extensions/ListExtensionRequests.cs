using Gengdu.Audit;
using Gengdu.Organisations;
using Gengdu.Reporting.Data;
using Gengdu.ServiceDefaults;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;

namespace Gengdu.Reporting.Extensions;

/// <param name="State">Only these: waiting, approved or refused.</param>
/// <param name="Mine">true: only those that wait for the caller's answer.</param>
internal sealed record ExtensionRequestFilter(string? State = null, bool? Mine = null);

/// <summary>What was asked and answered: for those above, and for the organisation itself. Those that wait come first, the oldest on top.</summary>
internal static class ListExtensionRequests
{
    public static async Task<Results<Ok<Page<ExtensionRequestResponse>>, ProblemHttpResult>> HandleAsync(
        Guid id, [AsParameters] ExtensionRequestFilter filter, [AsParameters] PageRequest page, Caller caller, ReportingDbContext db, AuditTrail trail, CancellationToken cancellationToken)
    {
        var own = caller.Rights.Where(right => !right.CoversSubtree).Select(right => right.OrganisationId).Distinct().ToArray();
        var below = db.Organisations.Where(_ => false);
        below = caller.SubtreePaths().Length == 0 ? below : db.Organisations.Under(caller.SubtreePaths(), o => o.Path);
        var requests = db.ExtensionRequests.Where(r => r.CycleId == id && (own.Contains(r.OrganisationId) || below.Any(o => o.Id == r.OrganisationId)));
        if (filter.State is { Length: > 0 } word)
        {
            if (!Enum.TryParse<RequestState>(word, ignoreCase: true, out var state) || !Enum.IsDefined(state))
            {
                return GeneralProblems.BadRequest($"state={word[..Math.Min(word.Length, 40)]}").ToHttpResult();
            }

            requests = requests.Where(r => r.State == state);
        }

        if (filter.Mine == true)
        {
            var (places, top) = caller.DecidesUnder();
            var decided = db.Organisations.Under(places, o => o.Path).Where(o => !top.Contains(o.Path));
            requests = requests.Where(r => r.State == RequestState.Waiting && r.AskedBy != caller.PersonId && decided.Any(o => o.Id == r.OrganisationId));
        }

        var total = await requests.CountAsync(cancellationToken);
        var found = await requests.OrderByDescending(r => r.State == RequestState.Waiting).ThenBy(r => r.State == RequestState.Waiting ? r.AskedAt : DateTimeOffset.MaxValue)
            .ThenByDescending(r => r.DecidedAt).ThenBy(r => r.Id).Skip(page.Skip()).Take(page.Size()).ToListAsync(cancellationToken);
        var ids = found.Select(r => r.OrganisationId).Distinct().ToArray();
        var organisations = await db.Organisations.Where(o => ids.Contains(o.Id)).ToDictionaryAsync(o => o.Id, cancellationToken);
        await trail.SawAsync("extension-request", null, caller.PlaceOf(organisations.Values.Select(o => o.Path)), found.Count, new { cycleId = id, filter.State, filter.Mine, page = page.Number() });
        return TypedResults.Ok(new Page<ExtensionRequestResponse>([.. found.Select(one => Response(one, organisations[one.OrganisationId]))], page.Number(), page.Size(), total));

        ExtensionRequestResponse Response(ExtensionRequest request, Organisation organisation) =>
            ExtensionRequestResponse.From(request, organisation, caller.Decides(organisation.Path) && request.AskedBy != caller.PersonId);
    }
}
