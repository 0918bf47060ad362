using System.Collections.Concurrent;
using System.Diagnostics;
using System.Net;
using System.Text.Json.Nodes;
using Gengdu.Province.Api;
using Gengdu.Province.Make;
using Gengdu.System.Tests.Running;
using Gengdu.TestKit;
using Npgsql;

namespace Gengdu.System.Tests.Following;

/// <summary>The tree changes while people work (TR-16, TR-17, TR-18), through the gateway, at every service, measured.</summary>
public sealed class FollowingTests(MovedProvince province, ITestOutputHelper output) : IClassFixture<MovedProvince>
{
    private static readonly TimeSpan Longest = TimeSpan.FromSeconds(5);

    [Fact]
    public async Task TR16_SchoolMoved_OldReviewerLosesItAndTheNewOneHasIt_AtEveryService()
    {
        var cancel = TestContext.Current.CancellationToken;
        var ready = province.Ready[0];
        var target = MovedProvince.Cities.Where(city => city != ready.School.CityCode).Select(city => city[..4] + "02").First();
        await province.SignAsync(ready, cancel);
        Session old = await province.SignedInAsync(People.Reviewer(ready.School.ParentCode), cancel), now = await province.SignedInAsync(People.Reviewer(target), cancel);
        var review = (await Eventually.BecomesAsync(
            () => old.GetAsync($"/api/supervision/reviews?moduleReportId={ready.ModuleReportId}", cancel), page => page["total"]!.GetValue<int>() == 1, "the review waits", cancel))["items"]![0]!;
        await old.PostAsync($"/api/supervision/reviews/{review["id"]}/return", new { revision = 1, reasons = new[] { new { code = "wrong-value", text = "请核对" } } }, cancel);
        string[] pages = [.. Pages(ready), $"/api/supervision/reviews/{review["id"]}"];
        await Task.WhenAll(pages.Select(page => BecomesAsync(old, page, HttpStatusCode.OK, cancel)));

        var parent = await ParentOf(target, cancel);
        await MovedAsync(() => province.MoveAsync(ready.Id, parent, cancel), pages, old, now, "TR-16", cancel);

        // What the old county began, the new one finishes; the history names both.
        var refused = await Assert.ThrowsAsync<RefusedException>(() => old.PostAsync($"/api/supervision/reviews/{review["id"]}/approval", new { revision = 1 }, cancel));
        Assert.Equal(HttpStatusCode.NotFound, refused.Status);
        var acts = (await now.GetAsync($"/api/supervision/reviews/{review["id"]}", cancel))["history"]!.AsArray();
        Assert.Equal(await province.OrganisationAsync(ready.School.ParentCode, cancel), acts.Single(act => act!["act"]!.GetValue<string>() == "return")!["organisation"]!["id"]!.GetValue<Guid>());
        Assert.Equal(0, await DifferencesAsync(cancel));
    }

    [Fact]
    public async Task TR17_ReviewerReassigned_OldPlaceIsGoneAtEveryService_OpenSessionIncluded()
    {
        var cancel = TestContext.Current.CancellationToken;
        var (ready, other) = (province.Ready[1], province.Ready[19]);
        var administrator = await province.SignedInAsync(GengduSystem.Administrator, cancel);
        var wanderer = await province.SignedInAsync(MovedProvince.Wanderer, cancel);
        await province.SignAsync(ready, cancel);
        var review = (await Eventually.BecomesAsync(
            () => wanderer.GetAsync($"/api/supervision/reviews?moduleReportId={ready.ModuleReportId}", cancel), page => page["total"]!.GetValue<int>() == 1, "the review waits", cancel))["items"]![0]!;
        var me = await wanderer.GetAsync("/api/identity/me", cancel);
        var (person, assignment) = (me["personId"]!.GetValue<Guid>(), me["assignments"]![0]!["id"]!.GetValue<Guid>());
        string[] pages = [.. Pages(ready), $"/api/supervision/reviews/{review["id"]}"];
        await Task.WhenAll(pages.Select(page => BecomesAsync(wanderer, page, HttpStatusCode.OK, cancel)));

        var watch = Stopwatch.StartNew();
        await administrator.DeleteAsync($"/api/identity/assignments/{assignment}", cancel);
        await GoneAsync(wanderer, pages, watch, "TR-17 removed", cancel);
        await Assert.ThrowsAsync<RefusedException>(() => wanderer.PostAsync($"/api/supervision/reviews/{review["id"]}/approval", new { revision = 1 }, cancel));

        await administrator.PostAsync("/api/identity/assignments", new { personId = person, role = "county-reviewer", organisationId = await province.OrganisationAsync(other.School.ParentCode, cancel) }, cancel);
        await Task.WhenAll(Pages(other).Select(page => BecomesAsync(wanderer, page, HttpStatusCode.OK, cancel)));
        await Task.WhenAll(pages.Select(page => BecomesAsync(wanderer, page, HttpStatusCode.NotFound, cancel)));
    }

    [Fact]
    public async Task TR18_MergedWhileItsReportIsADraft_ItsPeopleFinishIt()
    {
        var cancel = TestContext.Current.CancellationToken;
        var ready = province.Ready[2];
        var survivor = province.Ready.Last(r => r.School.CityCode == ready.School.CityCode);
        var administrator = await province.SignedInAsync(GengduSystem.Administrator, cancel);
        var absorbed = await administrator.GetAsync($"/api/identity/organisations/{ready.Id}", cancel);
        var version = (await administrator.GetAsync($"/api/identity/organisations/{survivor.Id}", cancel))["$version"]!.GetValue<long>();
        await administrator.PostAsync($"/api/identity/organisations/{survivor.Id}/merger", new { absorbed = new[] { new { id = ready.Id, version = absorbed["$version"]!.GetValue<long>() } }, reason = "test" },
            cancel, ("If-Match", $"\"v{version}\""));

        await province.SignAsync(ready, cancel);

        var county = await province.SignedInAsync(People.Reviewer(ready.School.ParentCode), cancel);
        await Eventually.BecomesAsync(() => county.GetAsync($"/api/supervision/reviews?moduleReportId={ready.ModuleReportId}", cancel), page => page["total"]!.GetValue<int>() == 1, "the county reviews it", cancel);
    }

    [Fact]
    public async Task SixteenSchoolsMoveWhileTheySign_EveryReceiptIsThere_ARecountFindsNothing()
    {
        var cancel = TestContext.Current.CancellationToken;
        var moving = province.Ready.Skip(3).Take(16).ToList();
        string[] codes = [.. MovedProvince.Cities.Select(city => city[..4] + "02"), "130682"];
        var targets = await Task.WhenAll(codes.Select(code => ParentOf(code, cancel)));
        Guid TargetOf(ReadySchool one, int index) => Enumerable.Range(index, 4).Select(i => (Id: targets[i % 4], Code: codes[i % 4])).First(t => t.Code != one.School.ParentCode).Id;
        var receipts = new ConcurrentDictionary<Guid, bool>();
        var watch = Stopwatch.StartNew();
        await Task.WhenAll(
            Parallel.ForEachAsync(moving.Index(), new ParallelOptions { MaxDegreeOfParallelism = 16, CancellationToken = cancel }, async (one, token) => await province.MoveAsync(one.Item.Id, TargetOf(one.Item, one.Index), token)),
            Parallel.ForEachAsync(moving, new ParallelOptions { MaxDegreeOfParallelism = 4, CancellationToken = cancel }, async (one, token) =>
            {
                await province.SignAsync(one, token);
                receipts[one.ModuleReportId] = true;
            }));
        output.WriteLine($"16 moves and 16 submissions at once: {watch.ElapsedMilliseconds} ms");

        var owner = await province.SignedInAsync(People.Owner, cancel);
        Assert.Equal(16, receipts.Count);
        foreach (var (one, i) in moving.Select((one, i) => (one, i)))
        {
            Assert.Single((await owner.GetAsync($"/api/reporting/module-reports/{one.ModuleReportId}/revisions", cancel))["items"]!.AsArray());
            await Eventually.BecomesAsync(() => owner.GetAsync($"/api/supervision/reviews?moduleReportId={one.ModuleReportId}", cancel), page => page["total"]!.GetValue<int>() == 1, "its review exists once", cancel);
        }

        Assert.Equal(0, await Eventually.BecomesAsync(() => AstrayAsync(cancel), astray => astray == 0, "every stored path is that of the tree", cancel));
        Assert.Equal(0, await DifferencesAsync(cancel));
    }

    private IEnumerable<string> Pages(ReadySchool ready) =>
        [$"/api/reporting/reports/{ready.ReportId}", $"/api/reporting/module-reports/{ready.ModuleReportId}", $"/api/analytics/dashboards/schools/{ready.Id}?cycleId={province.Cycle}", $"/api/identity/organisations/{ready.Id}"];

    private Task<Guid> ParentOf(string code, CancellationToken cancel) => province.OrganisationAsync(code, cancel);

    private async Task MovedAsync(Func<Task> move, string[] pages, Session old, Session now, string what, CancellationToken cancel)
    {
        await Task.WhenAll(pages.Select(page => BecomesAsync(now, page, HttpStatusCode.NotFound, cancel)));
        var watch = Stopwatch.StartNew();
        await move();
        await GoneAsync(old, pages, watch, $"{what} old", cancel);
        await Task.WhenAll(pages.Select(page => BecomesAsync(now, page, HttpStatusCode.OK, cancel)));
        output.WriteLine($"{what} new reviewer has all: {watch.ElapsedMilliseconds} ms");
        Assert.True(watch.Elapsed < Longest, $"the new reviewer waited {watch.Elapsed}");
    }

    private async Task GoneAsync(Session session, string[] pages, Stopwatch watch, string what, CancellationToken cancel) => await Task.WhenAll(pages.Select(async page =>
    {
        await BecomesAsync(session, page, HttpStatusCode.NotFound, cancel);
        var took = watch.Elapsed;
        output.WriteLine($"{what} {page.Split('/')[2]}/{page.Split('/')[3]}: {took.TotalMilliseconds:0} ms");
        Assert.True(took < Longest, $"{page} was still answered after {took}");
    }));

    private static async Task BecomesAsync(Session session, string page, HttpStatusCode status, CancellationToken cancel)
    {
        var watch = Stopwatch.StartNew();
        for (var seen = await StatusAsync(session, page, cancel); seen != status; seen = await StatusAsync(session, page, cancel))
        {
            Assert.True(watch.Elapsed < TimeSpan.FromSeconds(20), $"{page} is {seen} and does not become {status}");
            await Task.Delay(20, cancel);
        }
    }

    private static async Task<HttpStatusCode> StatusAsync(Session session, string page, CancellationToken cancel)
    {
        try
        {
            await session.GetAsync(page, cancel);
            return HttpStatusCode.OK;
        }
        catch (RefusedException refused)
        {
            return refused.Status;
        }
    }

    /// <summary>Rows of the open cycle whose path is not the tree's, over all services.</summary>
    private async Task<long> AstrayAsync(CancellationToken cancel)
    {
        await using var connection = new NpgsqlConnection(await PostgresServer.AdministratorAsync(province.System.Database.Name));
        await connection.OpenAsync(cancel);
        await using var command = new NpgsqlCommand("""
            select (select count(*) from reporting.reports r join identity.organisations o on o.id = r.organisation_id where r.organisation_path <> o.path)
              + (select count(*) from reporting.module_reports r join identity.organisations o on o.id = r.organisation_id where r.organisation_path <> o.path)
              + (select count(*) from supervision.reviews r join identity.organisations o on o.id = r.organisation_id where r.organisation_path <> o.path)
              + (select count(*) from analytics.roster_entries r join identity.organisations o on o.id = r.organisation_id where r.path <> o.path)
              + (select count(*) from analytics.school_indicators r join identity.organisations o on o.id = r.organisation_id where r.path <> o.path)
            """, connection);
        return (long)(await command.ExecuteScalarAsync(cancel))!;
    }

    private async Task<int> DifferencesAsync(CancellationToken cancel)
    {
        var owner = await province.SignedInAsync(People.Owner, cancel);
        var rebuild = (await owner.PostAsync("/api/analytics/rebuilds", new { cycleId = province.Cycle }, cancel))["id"]!.GetValue<Guid>();
        JsonNode found = await Eventually.BecomesAsync(
            () => owner.GetAsync($"/api/analytics/rebuilds/{rebuild}", cancel), now => now["state"]!.GetValue<string>() == "finished", "the rebuild is finished", cancel, seconds: 60);
        return found["differences"]!.GetValue<int>();
    }
}
