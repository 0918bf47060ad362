using System.Text.Json.Nodes;
using Gengdu.Province.Make;

namespace Gengdu.System.Tests.Running;

/// <summary>Publishing as its people do it: one drafts, another agrees, the first publishes.</summary>
internal static class Publishing
{
    /// <summary>Told with every number but the first.</summary>
    public const string Reason = "个别县的填报口径已更正";

    /// <summary>So many numbers of the shared cycle are published; where other tests published more, those are there too.</summary>
    /// <returns>All of them, newest first, as everybody reads them.</returns>
    public static async Task<IReadOnlyList<JsonNode>> PublishedAsync(this ProvinceFixture province, int numbers, CancellationToken cancellationToken)
    {
        var owner = await province.SignedInAsync(People.Owner, cancellationToken);
        var administrator = await province.SignedInAsync(GengduSystem.Administrator, cancellationToken);
        var cycleId = await ReportReachesDashboardTests.CycleAsync(owner, cancellationToken);
        // What a test that failed left behind holds up no other.
        foreach (var left in (await owner.GetAsync($"/api/analytics/publications/drafts?cycleId={cycleId}", cancellationToken))["items"]!.AsArray().Where(one => one!["state"]!.GetValue<string>() is "drafted" or "checked"))
        {
            await owner.DeleteAsync($"/api/analytics/publications/drafts/{left!["id"]}", cancellationToken);
        }

        while (true)
        {
            var published = (await owner.GetAsync("/api/analytics/open/publications?pageSize=100", cancellationToken))["items"]!.AsArray();
            if (published.Count >= numbers)
            {
                return [.. published.Select(one => one!)];
            }

            var draft = await owner.PostAsync("/api/analytics/publications/drafts", new { cycleId, reasonZh = published.Count > 0 ? Reason : null }, cancellationToken);
            await administrator.PostAsync($"/api/analytics/publications/drafts/{draft["id"]}/check", new { agrees = true }, cancellationToken);
            await owner.PostAsync("/api/analytics/publications", new { draftId = draft["id"]!.GetValue<Guid>() }, cancellationToken);
        }
    }
}
