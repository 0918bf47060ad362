using System.Net.Http.Json;
using Gengdu.Organisations;
using Gengdu.ServiceDefaults;
using Gengdu.Supervision.Conversations;
using Gengdu.Supervision.Dispatches;
using Gengdu.Supervision.Reviews;
using Gengdu.Supervision.Samples;
using Gengdu.Supervision.Tests.Clocks;
using Gengdu.Supervision.Tests.Cycles;
using Gengdu.TestKit;
using Microsoft.EntityFrameworkCore;

namespace Gengdu.Supervision.Tests;

/// <summary>Row-level security behind the filters (TR-30): raw SQL under the service's own role.</summary>
public sealed class FenceTests(SupervisionFixture fixture) : IClassFixture<SupervisionFixture>
{
    private static readonly Dictionary<string, string> Places = new()
    {
        ["roster"] = "t.organisation_path",
        ["reviews"] = "t.organisation_path",
        ["review_entries"] = "(select r.organisation_path from supervision.reviews r where r.id = t.review_id)",
        ["review_openings"] = "(select r.organisation_path from supervision.reviews r where r.id = t.review_id)",
        ["review_answers"] = "(select r.organisation_path from supervision.reviews r where r.id = t.review_id)",
        ["reviewer_groups"] = "(select o.path from supervision.organisations o where o.id = t.organisation_id)",
        ["notices"] = "t.organisation_path",
        ["messages"] = "(select r.organisation_path from supervision.roster r where r.report_id = t.report_id)",
        ["message_strikes"] = "(select r.organisation_path from supervision.roster r where r.report_id = t.report_id)",
        ["message_readings"] = "(select r.organisation_path from supervision.roster r where r.report_id = t.report_id)",
        ["urges"] = "t.holder_path",
        ["escalations"] = "t.holder_path",
        ["samples"] = "t.organisation_path",
        ["school_quality"] = "(select o.path from supervision.organisations o where o.id = t.organisation_id)",
        ["sample_reports"] = "(select s.organisation_path from supervision.samples s where s.id = t.sample_id)",
        ["sample_reviews"] = "(select s.organisation_path from supervision.samples s where s.id = t.sample_id)",
        ["dispatches"] = "t.organisation_path",
        ["dispatch_gaps"] = "(select d.organisation_path from supervision.dispatches d where d.id = t.dispatch_id)",
    };

    private TestProvince Province => fixture.Province;

    [Fact]
    public async Task Tables_EachHasAScopeOrAReason() => Assert.Empty(await (await FenceAsync()).UndecidedTablesAsync());

    [Fact]
    public async Task Role_FindsNoWayRound() => Assert.Empty(await (await FenceAsync()).WaysRoundAsync());

    [Fact]
    public async Task Rows_AreThoseOfTheScope()
    {
        await ReportedAsync();
        var (fence, changan) = (await FenceAsync(), Province.Changan.Path);
        Assert.Empty(await fence.WrongRowsAsync(null, Places, _ => false));
        Assert.Empty(await fence.WrongRowsAsync(RowScope.Of([], [], [], [changan]), Places, path => path.StartsWith(changan, StringComparison.Ordinal)));
        var school = Province.ChanganPrimary;
        Assert.Empty(await fence.WrongRowsAsync(RowScope.Of([school.Id], [school.Path], [changan], []), Places, path => path == school.Path));
    }

    [Fact]
    public async Task Writes_OutsideTheScopeAreRefused()
    {
        await ReportedAsync();
        var changan = Province.Changan.Path;
        Assert.Empty(await (await FenceAsync()).WrongWritesAsync(RowScope.Of([], [], [], [changan]), Places, path => path.StartsWith(changan, StringComparison.Ordinal)));
    }

    [Fact]
    public async Task Query_ThatForgotItsFilter_FindsTheCallersRowsAlone()
    {
        await ReportedAsync();
        var reviewer = await Province.PersonAsync(Roles.CountyReviewer, Province.Changan);
        var seen = await fixture.Host.AsCallerAsync(reviewer, db => db.Reviews.Include(r => r.History).AsNoTracking().ToListAsync());
        Assert.NotEmpty(seen);
        Assert.All(seen, review => Assert.StartsWith(Province.Changan.Path, review.OrganisationPath, StringComparison.Ordinal));
        Assert.True(await fixture.Host.InDatabaseAsync(db => db.Reviews.CountAsync()) > seen.Count, "work in the background sees all");
        Assert.Equal(0, await fixture.Host.AsCallerAsync(Guid.Empty, db => db.Reviews.CountAsync()));
        var raw = await fixture.Host.AsCallerAsync(reviewer, db => db.Database.SqlQuery<string>($"select organisation_path as \"Value\" from reviews").ToListAsync());
        Assert.Equal(seen.Count, raw.Count);
    }

    [Fact]
    public async Task Row_OfASchoolThatMoved_IsSeenFromBothPlaces()
    {
        var school = await Province.SchoolAsync(Province.Changan);
        await fixture.SubmittedAsync(school);
        await fixture.Host.InDatabaseAsync(db => db.Organisations.Where(o => o.Id == school.Id)
            .ExecuteUpdateAsync(set => set.SetProperty(o => o.Path, o => Province.Lianchi.Path + "9999/")));
        foreach (var county in (Organisation[])[Province.Changan, Province.Lianchi])
        {
            var reviewer = await Province.PersonAsync(Roles.CountyReviewer, county);
            Assert.Equal(1, await fixture.Host.AsCallerAsync(reviewer, db => db.Reviews.CountAsync(r => r.OrganisationId == school.Id)));
        }

        var zhengding = await Province.PersonAsync(Roles.CountyReviewer, Province.Zhengding);
        Assert.Equal(0, await fixture.Host.AsCallerAsync(zhengding, db => db.Reviews.CountAsync(r => r.OrganisationId == school.Id)));
    }

    private Task<FenceChecks> FenceAsync() => FenceChecks.OfAsync(fixture.Host, "supervision");

    private async Task ReportedAsync()
    {
        foreach (var school in (Organisation[])[Province.ChanganPrimary, Province.ChanganNineYear, Province.ZhengdingJunior, Province.LianchiVocational, Province.DingzhouPrimary])
        {
            await fixture.SubmittedAsync(school);
            var roster = CycleEvents.Roster(SupervisionFixture.NewId(), school);
            await fixture.Host.Events.DeliverAsync(roster);
            await TalkedAsync(roster.Entries.Single().ReportId);
            await fixture.RaisedAsync(Notices.NoticeRaisingTests.Returned(school) with { PersonId = SupervisionFixture.NewId() });
            await SampledAsync(school);
        }

        await fixture.Host.InDatabaseAsync(async db =>
        {
            db.AddRange(((Organisation[])[Province.ChanganPrimary, Province.Changan, Province.Lianchi]).Select(at => new ReviewerGroup
            {
                Id = SupervisionFixture.NewId(), Name = "组", Level = "county", OrganisationId = at.Id, GivenBy = SupervisionFixture.NewId(), GiverRole = Roles.Administrator, GiverOrganisationId = at.Id,
                PersonIds = [SupervisionFixture.NewId()], OrganisationIds = [at.Id], ModuleKeys = [], ValidFrom = new(2026, 9, 1), ValidTo = new(2026, 9, 30), Version = 1,
            }));
            return await db.SaveChangesAsync();
        });
        await ReadAndAnsweredAsync(Province.ChanganPrimary, Province.Changan);
        await ReadAndAnsweredAsync(Province.LianchiVocational, Province.Lianchi);
    }

    private async Task ReadAndAnsweredAsync(Organisation school, Organisation county)
    {
        var submitted = await fixture.SubmittedAsync(school);
        using HttpClient reviewer = await fixture.ClientAsync(Roles.CountyReviewer, county), own = await fixture.ClientAsync(Roles.Reporter, school);
        var review = await fixture.ReviewAsync(submitted);
        using HttpResponseMessage opened = await SupervisionFixture.OpenAsync(reviewer, review), returned = await SupervisionFixture.ReturnAsync(reviewer, review),
            answered = await own.PutAsJsonAsync($"/api/supervision/reviews/{review.Id}/answers", new { revision = 1, answers = new[] { new { reason = 0, text = "已改" } } });
        Assert.True(opened.IsSuccessStatusCode && returned.IsSuccessStatusCode && answered.IsSuccessStatusCode);
        var roster = await fixture.OpenedAsync(Province.ChanganPrimary, Province.ChanganNineYear, Province.ZhengdingJunior, Province.LianchiVocational, Province.DingzhouPrimary);
        fixture.GoTo(daysOn: 40, hour: 9);
        await fixture.LookAsync();
        using var owner = await fixture.ClientAsync(Roles.ProvinceOwner, Province.Root);
        await Urges.RaiseUrgesTests.UrgedAsync(owner, new { cycleId = roster.CycleId, state = "not-submitted" });
    }

    private Task TalkedAsync(Guid reportId) => fixture.Host.InDatabaseAsync(async db =>
    {
        var (by, now) = (SupervisionFixture.NewId(), fixture.Host.Clock.GetUtcNow());
        db.Add(new Message { ReportId = reportId, ModuleKey = "curriculum", Number = 1, Key = by, By = by, Role = Roles.Reporter, OrganisationId = by, At = now, Text = "x" });
        db.Add(new MessageStrike { ReportId = reportId, ModuleKey = "curriculum", Number = 1, At = now });
        db.Add(new MessageReading { ReportId = reportId, ModuleKey = "curriculum", PersonId = by, UpTo = 1 });
        await db.SaveChangesAsync();
    });

    private Task SampledAsync(Organisation at) => fixture.Host.InDatabaseAsync(async db =>
    {
        var (report, now, by) = (SupervisionFixture.NewId(), fixture.Host.Clock.GetUtcNow(), SupervisionFixture.NewId());
        var sample = Sample.Announce(SupervisionFixture.NewId(), ReviewLevel.City, at, 15, [new(report, new(0, 0, false, false))], by, now);
        db.Add(sample);
        db.Add(new SampleReport { SampleId = sample.Id, ReportId = report, OrganisationId = at.Id, ExplainedWarnings = 0, ReturnRounds = 0, Late = false, ReadLately = false });
        db.Add(new SampleReview { SampleId = sample.Id, ReviewId = SupervisionFixture.NewId(), ReportId = report, Revision = 1 });
        db.Add(new SchoolQuality { CycleId = sample.CycleId, OrganisationId = at.Id, Score = 80, Version = 1 });
        db.Add(Dispatch.Send(SupervisionFixture.NewId(), at, 1, 1, [new() { ReportId = report, OrganisationId = at.Id, Code = "other", Text = "x" }], by, now));
        await db.SaveChangesAsync();
    });
}
