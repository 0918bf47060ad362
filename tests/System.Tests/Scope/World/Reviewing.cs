using Gengdu.Province.Api;

namespace Gengdu.System.Tests.Scope.World;

/// <summary>The line of review: one module comes back, one is approved by the county, one is accepted by the province.</summary>
internal sealed class Reviewing(Uri address, string password, Session province, Guid cycle, Rows rows, IReadOnlyDictionary<string, Owner> owners)
{
    /// <summary>Left without a sample, with one that is not drawn, and with one that has been read: for the controls.</summary>
    public const string UnsampledCounty = "A3", AnnouncedCounty = "B3", ReadCounty = "C3";

    public async Task RunAsync(IReadOnlyCollection<string> filled, CancellationToken cancellationToken)
    {
        var schools = filled.Where(place => Tree.Level(place) == "school").Select(place => owners[place]).ToList();
        var expected = owners.Values.SelectMany(at => at.Modules).Count(module => module.Revision > 0);
        await UntilAsync("select count(*) from supervision.reviews", expected, cancellationToken);
        var reviews = await rows.PairsAsync("select module_report_id::text, id::text from supervision.reviews", cancellationToken);
        foreach (var module in owners.Values.SelectMany(at => at.Modules).Where(module => module.Revision > 0))
        {
            module.ReviewId = Guid.Parse(reviews[module.Id.ToString()]);
        }

        await UntilAsync("select count(*) from supervision.roster", (int)await rows.NumberAsync("select count(*) from reporting.reports", cancellationToken), cancellationToken);
        await Parallel.ForEachAsync(schools.GroupBy(at => at.Place[..2]), new ParallelOptions { MaxDegreeOfParallelism = 6, CancellationToken = cancellationToken }, CountyAsync);
        var urges = await rows.PairsAsync("select holder_id::text, id::text from supervision.urges", cancellationToken);
        foreach (var school in schools)
        {
            school.UrgeId = Guid.Parse(urges[school.Id.ToString()]);
        }

        foreach (var city in schools.GroupBy(at => at.Place[..1]))
        {
            using var supervisor = await SignInAsync($"city-supervisor@{city.Key}", cancellationToken);
            await ApproveAsync(supervisor, "city", city.Select(at => at.Accepted), cancellationToken);
        }

        await ApproveAsync(province, "province", schools.Select(at => at.Accepted), cancellationToken);
        await UntilAsync("select count(*) from reporting.module_reports where state = 'accepted'", schools.Count, cancellationToken);
        await UntilAsync("select count(*) from reporting.module_reports where state = 'returned'", schools.Count, cancellationToken);
    }

    /// <summary>Every county goes up without its schools, none of which is complete, and its city draws a sample of them.</summary>
    public async Task SampleAsync(CancellationToken cancellationToken)
    {
        foreach (var county in Tree.Counties)
        {
            using var reviewer = await SignInAsync($"county-reviewer@{county}", cancellationToken);
            var gaps = owners.Values.Where(at => at.Level == "school" && Tree.Parent(at.Place) == county).Select(at => new { reportId = at.ReportId, code = "other", text = Canaries.Of(county, Canaries.Reason) });
            var sent = await reviewer.PostAsync("/api/supervision/dispatches", new { cycleId = cycle, organisationId = owners[county].Id, gaps }, cancellationToken);
            owners[county].DispatchId = sent["dispatch"]!["id"]!.GetValue<Guid>();
        }

        foreach (var county in Tree.Counties.Where(county => county != UnsampledCounty))
        {
            using var supervisor = await SignInAsync($"city-supervisor@{county[..1]}", cancellationToken);
            var sample = await supervisor.PostAsync("/api/supervision/samples", new { cycleId = cycle, step = "city", organisationId = owners[county].Id, sharePercent = 100 }, cancellationToken);
            owners[county].SampleId = sample["id"]!.GetValue<Guid>();
            if (county != AnnouncedCounty)
            {
                await UntilAsync($"select count(*) from supervision.audit_entries where act = 'sample.announced' and object_id = '{owners[county].SampleId}'", 1, cancellationToken);
                await supervisor.PostAsync($"/api/supervision/samples/{owners[county].SampleId}/draw", new { }, cancellationToken);
            }

            if (county == ReadCounty)
            {
                await ApproveAsync(supervisor, "city", owners.Values.Where(at => at.Level == "school" && Tree.Parent(at.Place) == county && at.Approved.Revision > 0).Select(at => at.Approved), cancellationToken);
            }
        }
    }

    private async ValueTask CountyAsync(IGrouping<string, Owner> county, CancellationToken cancellationToken)
    {
        using var reviewer = await SignInAsync($"county-reviewer@{county.Key}", cancellationToken);
        await ApproveAsync(reviewer, "county", county.SelectMany(at => new[] { at.Approved, at.Accepted }), cancellationToken);
        await reviewer.PostAsync("/api/supervision/urges",
            new { cycleId = cycle, state = "not-submitted", organisationIds = county.Select(at => at.Id) }, cancellationToken);
        foreach (var at in county)
        {
            await reviewer.PostAsync($"/api/supervision/reviews/{at.Returned.ReviewId}/return",
                new { revision = 1, reasons = new[] { new { at = "partners", code = "unclear", text = Canaries.Of(at.Place, Canaries.Reason) } } }, cancellationToken);
            await reviewer.PostAsync($"/api/supervision/reports/{at.ReportId}/conversations/{at.Returned.Key}/messages",
                new { key = Guid.CreateVersion7(TimeProvider.System.GetUtcNow()), text = Canaries.Of(at.Place, Canaries.Reason), cell = "partners" }, cancellationToken);
        }
    }

    private async Task ApproveAsync(Session reviewer, string step, IEnumerable<OwnedModule> modules, CancellationToken cancellationToken)
    {
        var reviewIds = modules.Select(module => module.ReviewId).ToList();
        var answer = await reviewer.PostAsync("/api/supervision/approvals", new { cycleId = cycle, step, reviewIds }, cancellationToken);
        Assert.True(answer["approved"]!.GetValue<int>() == reviewIds.Count, $"The {step} passed on {answer}");
    }

    private Task<Session> SignInAsync(string name, CancellationToken cancellationToken) => Session.SignInAsync(address, name, password, cancellationToken);

    private async Task UntilAsync(string sql, int expected, CancellationToken cancellationToken)
    {
        for (var i = 0; await rows.NumberAsync(sql, cancellationToken) < expected; i++)
        {
            Assert.True(i < 600, $"Not {expected} after a minute: {sql}");
            await Task.Delay(100, cancellationToken);
        }
    }
}
