using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Gengdu.Contracts.Identity.V1;
using Gengdu.Contracts.Reporting.V1;
using Gengdu.Organisations;
using Gengdu.Supervision.Reviews;
using Gengdu.TestKit;
using Microsoft.EntityFrameworkCore;
using Npgsql;
using static Gengdu.Supervision.Tests.SupervisionFixture;

namespace Gengdu.Supervision.Tests.Reviews;

/// <summary>Rights follow the present tree; closed cycles stay with the place of the fact (ADR 0014).</summary>
public sealed class ReviewPlacesTests(SupervisionFixture fixture) : IClassFixture<SupervisionFixture>
{
    private static readonly DateTimeOffset Moment = new(2026, 9, 15, 1, 0, 0, TimeSpan.Zero);

    [Theory]
    [InlineData(1)]
    [InlineData(20260915)]
    public async Task MovesSubmissionsAndClosing_AnyOrder_EndAtOnePlace(int seed)
    {
        var p = fixture.Province;
        var random = new Random(seed);
        var played = await Task.WhenAll(Enumerable.Range(0, 12).Select(async i =>
        {
            var school = await p.SchoolAsync(p.Changan);
            var first = Submitted(school);
            // It went to Zhengding before the cycle closed, to Dingzhou afterwards.
            object[] events =
            [
                school.MovedTo(p.Zhengding, Moment, 2), school.MovedTo(p.Dingzhou, Moment.AddHours(2), 3),
                new CycleClosed { CycleId = first.CycleId, ClosedAt = Moment.AddHours(1) },
                first, first with { Revision = 2, OrganisationPath = $"{p.Zhengding.Path}{school.Path.Split('/')[^2]}/" }, first with { Revision = 2 },
            ];
            int[] order;
            lock (random)
            {
                order = [.. Enumerable.Range(0, events.Length).Concat([random.Next(events.Length), random.Next(events.Length)]).OrderBy(_ => random.Next())];
            }

            foreach (var at in i == 0 ? Enumerable.Range(0, events.Length) : order)
            {
                await DeliverAsync(events[at]);
            }

            var review = await fixture.ReviewAsync(first);
            return (Order: string.Join(' ', order), Place: review.OrganisationPath.Replace($"/{school.Path.Split('/')[^2]}/", "/S/", StringComparison.Ordinal), review.State, review.Revision);
        }));

        Assert.All(played, end => Assert.Equal((end.Order, $"{p.Zhengding.Path}S/", ReviewState.CountyReview, 2), end));
    }

    [Fact]
    public async Task Moved_OldCountyLosesItAtOnceAndTheNewOneHasIt()
    {
        var p = fixture.Province;
        var school = await p.SchoolAsync(p.Changan);
        var submitted = await fixture.SubmittedAsync(school);
        using HttpClient old = await fixture.ClientAsync(Roles.CountyReviewer, p.Changan), now = await fixture.ClientAsync(Roles.CountyReviewer, p.Lianchi),
            own = await fixture.ClientAsync(Roles.Reporter, school);
        Assert.Equal((1, 0, 1), (await SeenAsync(old, submitted), await SeenAsync(now, submitted), await SeenAsync(own, submitted)));

        await DeliverAsync(school.MovedTo(p.Lianchi, Moment));

        Assert.Equal((0, 1, 1), (await SeenAsync(old, submitted), await SeenAsync(now, submitted), await SeenAsync(own, submitted)));
        var review = await fixture.ReviewAsync(submitted);
        await RefusedAsync(await old.GetAsync($"/api/supervision/reviews/{review.Id}"), 404, "GEN-0006");
        await RefusedAsync(await ApproveAsync(old, review), 404, "GEN-0006");
        await RefusedAsync(await ReturnAsync(old, review), 404, "GEN-0006");
        await RefusedAsync(await old.PostAsJsonAsync("/api/supervision/approvals", new { cycleId = submitted.CycleId, step = "county", reviewIds = new[] { review.Id } }), 404, "GEN-0006");
        using var approved = await ApproveAsync(now, review);
        Assert.Equal(HttpStatusCode.OK, approved.StatusCode);
    }

    [Fact]
    public async Task Moved_StartedByOneCountyFinishedByAnother_HistoryNamesBoth()
    {
        var p = fixture.Province;
        var school = await p.SchoolAsync(p.Changan);
        var submitted = await fixture.SubmittedAsync(school);
        using (var old = await fixture.ClientAsync(Roles.CountyReviewer, p.Changan))
        {
            using var returned = await ReturnAsync(old, await fixture.ReviewAsync(submitted));
            Assert.Equal(HttpStatusCode.OK, returned.StatusCode);
        }

        await DeliverAsync(school.MovedTo(p.Lianchi, Moment));
        // Sent before reporting heard of the move: its path is old, the tree's is not.
        await DeliverAsync(submitted with { Revision = 2 });
        await fixture.ApprovedAsync(submitted, Roles.CountyReviewer, p.Lianchi);
        await fixture.ApprovedAsync(submitted, Roles.CitySupervisor, p.Baoding);

        using var owner = await fixture.ClientAsync(Roles.ProvinceOwner, p.Root);
        var review = await owner.GetFromJsonAsync<ReviewResponse>($"/api/supervision/reviews/{(await fixture.ReviewAsync(submitted)).Id}", Json);
        Assert.Equal([school.Id, p.Changan.Id, school.Id, p.Lianchi.Id, p.Baoding.Id], review!.History.Select(entry => entry.Organisation!.Id));
        Assert.Equal(p.Changan.NameZh, review.History[1].Organisation!.NameZh);
    }

    [Fact]
    public async Task Approved_ThenMovedToAnotherCity_WaitsAtTheNewCity()
    {
        var p = fixture.Province;
        var school = await p.SchoolAsync(p.Changan);
        var submitted = await fixture.SubmittedAsync(school);
        await fixture.ApprovedAsync(submitted, Roles.CountyReviewer, p.Changan);

        await DeliverAsync(school.MovedTo(p.Lianchi, Moment));

        Assert.Equal(ReviewState.CityReview, (await fixture.ReviewAsync(submitted)).State);
        using var old = await fixture.ClientAsync(Roles.CitySupervisor, p.Shijiazhuang);
        await RefusedAsync(await ApproveAsync(old, await fixture.ReviewAsync(submitted)), 404, "GEN-0006");
        await fixture.ApprovedAsync(submitted, Roles.CitySupervisor, p.Baoding);
    }

    [Fact]
    public async Task MovedToDingzhou_AtEitherStep_GoesOnThere()
    {
        var p = fixture.Province;
        var school = await p.SchoolAsync(p.Changan);
        var (atCounty, atCity) = (await fixture.SubmittedAsync(school), await fixture.SubmittedAsync(school));
        await fixture.ApprovedAsync(atCity, Roles.CountyReviewer, p.Changan);

        await DeliverAsync(school.MovedTo(p.Dingzhou, Moment));

        await fixture.ApprovedAsync(atCounty, Roles.CountyReviewer, p.Dingzhou);
        foreach (var submitted in new[] { atCounty, atCity })
        {
            await fixture.ApprovedAsync(submitted, Roles.CitySupervisor, p.Dingzhou);
            await fixture.ApprovedAsync(submitted, Roles.ProvinceOwner, p.Root);
        }
    }

    [Fact]
    public async Task MovedDirectlyBelowACity_SkipsTheCountyStep_AndHasItAgainBelowACounty()
    {
        var p = fixture.Province;
        var school = await p.SchoolAsync(p.Changan);
        var submitted = await fixture.SubmittedAsync(school);

        await DeliverAsync(school.MovedTo(p.Baoding, Moment));
        Assert.Equal(ReviewState.CityReview, (await fixture.ReviewAsync(submitted)).State);
        var second = await fixture.SubmittedAsync(school);
        Assert.Equal(ReviewState.CityReview, (await fixture.ReviewAsync(second)).State);
        await fixture.ApprovedAsync(second, Roles.CitySupervisor, p.Baoding);

        await DeliverAsync(school.MovedTo(p.Lianchi, Moment.AddHours(1), 3));
        Assert.Equal(ReviewState.CountyReview, (await fixture.ReviewAsync(submitted)).State);
        Assert.Equal(ReviewState.ProvinceReview, (await fixture.ReviewAsync(second)).State);
    }

    [Fact]
    public async Task LineNotYetKnown_NoStepIsSkipped_AndSettlesWhenTheNodeArrives()
    {
        var p = fixture.Province;
        var school = await p.SchoolAsync(p.Changan);
        var submitted = await fixture.SubmittedAsync(school);
        var city = p.Baoding.Known() with { OrganisationId = NewId(), Code = "139900", Path = $"{p.Root.Path}{NewId():N}/" };

        await DeliverAsync(school.Known() with { ParentId = city.OrganisationId, Path = $"{city.Path}7/", Version = 2, ChangedAt = Moment });
        Assert.Equal(ReviewState.CountyReview, (await fixture.ReviewAsync(submitted)).State);
        using var owner = await fixture.ClientAsync(Roles.ProvinceOwner, p.Root);
        await RefusedAsync(await ApproveAsync(owner, await fixture.ReviewAsync(submitted)), 409, "SUP-0005");

        await DeliverAsync(city);
        Assert.Equal(ReviewState.CityReview, (await fixture.ReviewAsync(submitted)).State);
    }

    [Fact]
    public async Task CountyMoved_ItsSchoolsAndItsOwnFormGoToTheNewCity_ClosedCyclesStayAndAreStillReviewed()
    {
        var p = fixture.Province;
        var county = await p.DivisionAsync(p.Shijiazhuang, "county");
        var school = await p.SchoolAsync(county);
        var (open, form, closed) = (await fixture.SubmittedAsync(school), await fixture.SubmittedAsync(county, level: "county"), await fixture.SubmittedAsync(school));
        await DeliverAsync(new CycleClosed { CycleId = closed.CycleId, ClosedAt = Moment.AddHours(-1) });
        var moved = county.MovedTo(p.Baoding, Moment);

        await Task.WhenAll(DeliverAsync(moved), DeliverAsync(school.MovedTo(moved, Moment)));

        using HttpClient old = await fixture.ClientAsync(Roles.CitySupervisor, p.Shijiazhuang), now = await fixture.ClientAsync(Roles.CitySupervisor, p.Baoding),
            reviewer = await fixture.ClientAsync(Roles.CountyReviewer, county);
        Assert.Equal((0, 0, 1), (await SeenAsync(old, open), await SeenAsync(old, form), await SeenAsync(old, closed)));
        Assert.Equal((1, 1, 0), (await SeenAsync(now, open), await SeenAsync(now, form), await SeenAsync(now, closed)));
        Assert.Equal((1, 1, 1), (await SeenAsync(reviewer, open), await SeenAsync(reviewer, form), await SeenAsync(reviewer, closed)));
        await fixture.ApprovedAsync(open, Roles.CountyReviewer, county);
        await fixture.ApprovedAsync(closed, Roles.CountyReviewer, county);
        await fixture.ApprovedAsync(open, Roles.CitySupervisor, p.Baoding);
        await fixture.ApprovedAsync(form, Roles.CitySupervisor, p.Baoding);
        await fixture.ApprovedAsync(closed, Roles.CitySupervisor, p.Shijiazhuang);
    }

    [Fact]
    public async Task SchoolClosedOrMerged_ItsReviewGoesOn()
    {
        var p = fixture.Province;
        var school = await p.SchoolAsync(p.Changan);
        await DeliverAsync(school.Known() with { ValidTo = new(2026, 9, 14), Version = 2, ChangedAt = Moment });

        var submitted = await fixture.SubmittedAsync(school);

        await fixture.ApprovedAsync(submitted, Roles.CountyReviewer, p.Changan);
    }

    [Fact]
    public async Task BulkApproval_RightTakenOnTheWay_StopsAndSaysSo()
    {
        var p = fixture.Province;
        var submitted = await fixture.SubmittedAsync(await p.SchoolAsync(p.Changan));
        var person = await p.PersonAsync(Roles.CountyReviewer, p.Changan);
        using var client = fixture.Host.CreateClient(person);
        await using var connection = new NpgsqlConnection(new NpgsqlConnectionStringBuilder(fixture.Host.ConnectionString) { SearchPath = "supervision" }.ConnectionString);
        await connection.OpenAsync();
        Task<HttpResponseMessage> act;
        await using (var moving = await connection.BeginTransactionAsync())
        {
            await TreeLock.HoldAsync(connection, default);
            act = client.PostAsJsonAsync("/api/supervision/approvals", new { cycleId = submitted.CycleId, step = "county" });
            await Task.Delay(500);
            Assert.False(act.IsCompleted);
            await p.RemoveAsync(person);
        }

        await RefusedAsync(await act, 403, "SUP-0006");
        Assert.Equal(ReviewState.CountyReview, (await fixture.ReviewAsync(submitted)).State);
    }

    [Fact]
    public async Task SixteenSchoolsMoveWhileTheySubmit_EveryReviewIsWhereItsSchoolIs()
    {
        var p = fixture.Province;
        var cycle = NewId();
        var schools = await Task.WhenAll(Enumerable.Range(0, 16).Select(i => p.SchoolAsync(i % 2 == 0 ? p.Changan : p.Lianchi)));
        Organisation[] places = [p.Zhengding, p.Dingzhou, p.Changan, p.Lianchi];
        var moves = schools.Select((school, i) => Task.Run(async () =>
        {
            for (var version = 2; version <= 5; version++)
            {
                await DeliverAsync(school.MovedTo(places[(i + version) % 4], Moment.AddMinutes(version), version));
            }
        }));
        var submissions = schools.SelectMany(school => Enumerable.Range(0, 4).Select(i => fixture.SubmittedAsync(school, cycle, moduleKey: $"module-{i}"))).ToList();

        await Task.WhenAll(moves.Concat(submissions));

        await fixture.Host.InDatabaseAsync(async db =>
        {
            var found = await (from r in db.Reviews where r.CycleId == cycle join o in db.Organisations on r.OrganisationId equals o.Id select new { r.OrganisationPath, o.Path }).ToListAsync();
            Assert.Equal(64, found.Count);
            Assert.All(found, row => Assert.Equal(row.Path, row.OrganisationPath));
        });
    }

    private static async Task<int> SeenAsync(HttpClient client, ModuleReportSubmitted submitted)
    {
        using var list = await client.GetAsync($"/api/supervision/reviews?moduleReportId={submitted.ModuleReportId}");
        using var queue = await client.GetAsync($"/api/supervision/queue?cycleId={submitted.CycleId}");
        var seen = await TotalAsync(list);
        Assert.True(queue.StatusCode == HttpStatusCode.Forbidden || await TotalAsync(queue) == seen, "list and queue disagree");
        return seen;
    }

    private static async Task<int> TotalAsync(HttpResponseMessage response)
    {
        using var document = JsonDocument.Parse(await response.Content.ReadAsStringAsync());
        return document.RootElement.GetProperty("total").GetInt32();
    }

    private Task DeliverAsync(object message) => message switch
    {
        OrganisationChanged e => fixture.Host.Events.DeliverAsync(e),
        CycleClosed e => fixture.Host.Events.DeliverAsync(e),
        ModuleReportSubmitted e => fixture.Host.Events.DeliverAsync(e),
        _ => throw new ArgumentException(message.GetType().Name, nameof(message)),
    };
}
