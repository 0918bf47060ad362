using System.Net;
using System.Net.Http.Json;
using Gengdu.Analytics.Explanations;
using Gengdu.Analytics.Publications;
using Gengdu.Analytics.Recounts;
using Gengdu.Contracts.Analytics.V1;
using Gengdu.Contracts.Reporting.V1;
using Gengdu.Organisations;
using Gengdu.TestKit;
using Microsoft.EntityFrameworkCore;
using static Gengdu.Analytics.Tests.Explanations.ReportedProvince;

namespace Gengdu.Analytics.Tests.Publications;

public sealed class PublishFiguresTests(AnalyticsFixture fixture) : IClassFixture<AnalyticsFixture>
{
    private static readonly Uri s_address = new("/api/analytics/publications", UriKind.Relative);
    private static readonly Uri s_drafts = new("/api/analytics/publications/drafts", UriKind.Relative);

    /// <summary>What was published stays, whatever is corrected later.</summary>
    [Fact]
    public async Task Publish_LocksEveryFigure_AndACorrectionMakesAnother()
    {
        var p = fixture.Province;
        var (cycle, _) = await ReportedAsync(fixture);
        Assert.Null((await AskAsync<FigureExplanationResponse>(fixture, Address("K27", cycle, p.Changan))).Published);
        var first = await PublishAsync(cycle);
        Assert.Equal((1, false, cycle.Version, "2026.1", 15, 8), (first.Number, first.Final, first.ProgrammeVersion, first.FormulaVersion, first.Due, first.Submitted));

        var told = await fixture.Host.Events.WaitForAsync<FiguresPublished>(e => e.CycleId == cycle.Id);
        Assert.Equal((1, TestProgramme.Key, cycle.Version, "2026.1", false, 15, 8, 0), (told.Number, told.ProgrammeKey, told.ProgrammeVersion, told.FormulaVersion, told.Final, told.Due, told.Submitted, told.Accepted));
        Assert.True(told.Figures > 0 && told.PublishedBy != Guid.Empty && told.PublishedAt == first.PublishedAt);
        Assert.Equal((first.OpenHash, "2026年秋季", "Autumn 2026"), (told.OpenHash, told.CycleZh, told.CycleEn));

        await cycle.DeliverAsync(cycle.Submitted(p.ChanganPrimary, "money", TestProgramme.Money(600), revision: 2, minute: 30));
        var after = await AskAsync<FigureExplanationResponse>(fixture, Address("K27", cycle, p.Changan));
        Assert.Equal((5m, 4m, true, 1200m, 1), (after.Figure.Value, after.Published!.Value, after.Published.Differs, after.Published.Numerator, after.Published.Number));
        var timely = (await AskAsync<FigureExplanationResponse>(fixture, Address("K37", cycle, p.Root))).Published!;
        Assert.Equal((8m, 15m, false), (timely.Numerator, timely.Denominator, timely.Differs));

        Assert.Equal(2, (await PublishAsync(cycle)).Number);
        var again = (await AskAsync<FigureExplanationResponse>(fixture, Address("K27", cycle, p.Changan))).Published!;
        Assert.Equal((2, 5m, false), (again.Number, again.Value, again.Differs));
        Assert.Contains(await fixture.Host.AuditAsync(), entry => entry.Act == "figures.published" && entry.ObjectId == cycle.Id.ToString() && entry.Rows > 0);
    }

    [Fact]
    public async Task Publish_IsFinal_WhenTheCycleIsOverAndAllIsAccepted()
    {
        var school = fixture.Province.ChanganPrimary;
        var cycle = await new TestCycle(fixture, school).OpenedAsync();
        await cycle.DeliverAsync(cycle.Submitted(school, "basics", TestProgramme.Basics("g1", 100, 3)));
        await cycle.DeliverAsync(new CycleClosed { CycleId = cycle.Id, ClosedAt = TestCycle.Start.AddDays(60) });
        Assert.False((await PublishAsync(cycle)).Final);
        await cycle.DeliverAsync(cycle.Accepted(13, (school, "basics", 1, 1)));
        Assert.True((await PublishAsync(cycle)).Final);
    }

    /// <summary>What the night found to be wrong is not said to the world before it is set right.</summary>
    [Fact]
    public async Task Publish_AfterAnAlarm_IsRefusedUntilARebuild()
    {
        var cycle = await new TestCycle(fixture, fixture.Province.ChanganPrimary).OpenedAsync();
        var draft = await CheckedAsync(fixture, cycle);
        await AlarmAsync(fixture, cycle);
        using var owner = await fixture.ClientAsync(Roles.ProvinceOwner, fixture.Province.Root);
        using var refused = await owner.PostAsJsonAsync(s_address, new { draftId = draft.Id });
        await AnalyticsFixture.RefusedAsync(refused, 409, "ANA-0015");
        Assert.False(await fixture.Host.InDatabaseAsync(db => db.Publications.AnyAsync(publication => publication.CycleId == cycle.Id)));

        await fixture.RebuildAsync(cycle);
        Assert.Equal(1, (await PublishAsync(owner, draft.Id)).Number);
    }

    /// <summary>The form was changed to a version that has not arrived: what the figures mean is not known at this moment.</summary>
    [Fact]
    public async Task Publish_WhileTheDefinitionsAreOnTheirWay_IsRefusedForAMoment()
    {
        var cycle = await new TestCycle(fixture, fixture.Province.ChanganPrimary).OpenedAsync();
        var draft = await CheckedAsync(fixture, cycle);
        await fixture.Host.InDatabaseAsync(db => db.Database.ExecuteSqlAsync($"update analytics.cycles set programme_version = 'on-its-way' where id = {cycle.Id}"));
        using var owner = await fixture.ClientAsync(Roles.ProvinceOwner, fixture.Province.Root);
        using var refused = await owner.PostAsJsonAsync(s_address, new { draftId = draft.Id });
        await AnalyticsFixture.RefusedAsync(refused, 503, "ANA-0004");
        Assert.False(await fixture.Host.InDatabaseAsync(db => db.Publications.AnyAsync(publication => publication.CycleId == cycle.Id)));
    }

    [Fact]
    public async Task Publish_WhatNobodyElseChecked_OrOnceMore_IsRefused()
    {
        var cycle = await new TestCycle(fixture, fixture.Province.ChanganPrimary).OpenedAsync();
        using var owner = await fixture.ClientAsync(Roles.ProvinceOwner, fixture.Province.Root);
        var draft = await DraftAsync(owner, cycle);
        using var early = await owner.PostAsJsonAsync(s_address, new { draftId = draft.Id });
        await AnalyticsFixture.RefusedAsync(early, 409, "ANA-0074");
        await AgreeAsync(fixture, draft.Id);
        await PublishAsync(owner, draft.Id);
        using var again = await owner.PostAsJsonAsync(s_address, new { draftId = draft.Id });
        await AnalyticsFixture.RefusedAsync(again, 409, "ANA-0074");
        Assert.Equal(1, await fixture.Host.InDatabaseAsync(db => db.Publications.CountAsync(publication => publication.CycleId == cycle.Id)));
    }

    /// <summary>Whoever reaches the rows between check and publication changes what was checked: the hashes say so, of the figures and of the open file.</summary>
    [Theory]
    [InlineData("update published_figures set numerator = numerator + 1 where cycle_id = {0}")]
    [InlineData("update open_editions set csv = csv || '\\x20' where cycle_id = {0}")]
    public async Task Publish_ACopyThatIsNotWhatWasChecked_IsRefused(string tamper)
    {
        var school = fixture.Province.ChanganPrimary;
        var cycle = await new TestCycle(fixture, school).OpenedAsync();
        await cycle.DeliverAsync(cycle.Submitted(school, "basics", TestProgramme.Basics("g1", 100, 3)));
        var draft = await CheckedAsync(fixture, cycle);
        await fixture.Host.InDatabaseAsync(db => db.Database.ExecuteSqlRawAsync(tamper, cycle.Id));
        using var owner = await fixture.ClientAsync(Roles.ProvinceOwner, fixture.Province.Root);
        using var refused = await owner.PostAsJsonAsync(s_address, new { draftId = draft.Id });
        await AnalyticsFixture.RefusedAsync(refused, 409, "ANA-0075");
        Assert.Equal("checked", (await fixture.Host.InDatabaseAsync(db => db.Set<PublicationDraft>().SingleAsync(one => one.Id == draft.Id))).State);
    }

    /// <summary>A nightly comparison, long ago, that found a difference.</summary>
    internal static Task AlarmAsync(AnalyticsFixture fixture, TestCycle cycle) => fixture.Host.InDatabaseAsync(async db =>
    {
        var then = TestCycle.Start.AddYears(-1);
        db.Add(new Recount { Id = AnalyticsFixture.NewId(), CycleId = cycle.Id, Kind = Recount.Nightly, Night = new(2025, 9, 15), State = "finished", RequestedAt = then, FinishedAt = then, Differences = 1 });
        await db.SaveChangesAsync();
    });

    /// <summary>What scripts/check-publication.sh asks the database: nothing to say of what is as it was, and which is not.</summary>
    [Fact]
    public async Task Published_HashesAreReckonedAgainByPlainSql()
    {
        var school = fixture.Province.ChanganPrimary;
        var cycle = await new TestCycle(fixture, school).OpenedAsync();
        await cycle.DeliverAsync(cycle.Submitted(school, "basics", TestProgramme.Basics("g1", 100, 3)));
        await cycle.DeliverAsync(cycle.Submitted(school, "money", TestProgramme.Money(333.25m)));
        await PublishAsync(cycle);
        Assert.Empty(await WrongAsync(cycle));
        await fixture.Host.InDatabaseAsync(db => db.Database.ExecuteSqlAsync($"update published_figures set numerator = numerator + 1 where cycle_id = {cycle.Id} and indicator = 'K27' and path = {fixture.Province.Root.Path}"));
        Assert.Equal(["figures 1"], await WrongAsync(cycle));
        await fixture.Host.InDatabaseAsync(db => db.Database.ExecuteSqlAsync($"update open_editions set csv = substring(csv from 4) where cycle_id = {cycle.Id}"));
        Assert.Equal(["figures 1", "file 1"], await WrongAsync(cycle));
    }

    private Task<List<string>> WrongAsync(TestCycle cycle) => fixture.Host.InDatabaseAsync(async db =>
    {
        await using var command = db.Database.GetDbConnection().CreateCommand();
        command.CommandText = await File.ReadAllTextAsync(RepositoryRoot.Combine("scripts", "check-publication.sql"));
        await db.Database.OpenConnectionAsync();
        await using var reader = await command.ExecuteReaderAsync();
        var wrong = new List<string>();
        while (await reader.ReadAsync())
        {
            if (reader.GetGuid(1) == cycle.Id)
            {
                wrong.Add($"{reader.GetString(0)} {reader.GetInt32(2)}");
            }
        }

        wrong.Sort(StringComparer.Ordinal);
        return wrong;
    });

    [Fact]
    public async Task Publish_IsTheProvincesOwn_AndKnowsItsDraft()
    {
        foreach (var (role, at) in new[] { (Roles.CitySupervisor, fixture.Province.Shijiazhuang), (Roles.Administrator, fixture.Province.Root) })
        {
            using var other = await fixture.ClientAsync(role, at);
            using var refused = await other.PostAsJsonAsync(s_address, new { draftId = Guid.Empty });
            await AnalyticsFixture.RefusedAsync(refused, 403, "GEN-0005");
        }

        using var owner = await fixture.ClientAsync(Roles.ProvinceOwner, fixture.Province.Root);
        using var unknown = await owner.PostAsJsonAsync(s_address, new { draftId = Guid.Empty });
        await AnalyticsFixture.RefusedAsync(unknown, 404, "GEN-0006");
    }

    /// <summary>Drafted, checked by somebody else, published.</summary>
    internal static async Task<PublicationResponse> PublishAsync(AnalyticsFixture fixture, TestCycle cycle)
    {
        var draft = await CheckedAsync(fixture, cycle);
        using var owner = await fixture.ClientAsync(Roles.ProvinceOwner, fixture.Province.Root);
        return await PublishAsync(owner, draft.Id);
    }

    internal static async Task<PublicationDraftResponse> CheckedAsync(AnalyticsFixture fixture, TestCycle cycle)
    {
        using var owner = await fixture.ClientAsync(Roles.ProvinceOwner, fixture.Province.Root);
        var draft = await DraftAsync(owner, cycle);
        await AgreeAsync(fixture, draft.Id);
        return draft;
    }

    /// <summary>With a reason, which corrections need and the first one may have.</summary>
    internal static async Task<PublicationDraftResponse> DraftAsync(HttpClient owner, TestCycle cycle)
    {
        using var response = await owner.PostAsJsonAsync(s_drafts, new { cycleId = cycle.Id, reasonZh = "两所学校更正了经费", reasonEn = "Two schools corrected their spending" });
        Assert.True(response.StatusCode == HttpStatusCode.Created, await response.Content.ReadAsStringAsync());
        return (await response.Content.ReadFromJsonAsync<PublicationDraftResponse>(AnalyticsFixture.Json))!;
    }

    internal static async Task AgreeAsync(AnalyticsFixture fixture, Guid draftId)
    {
        using var other = await fixture.ClientAsync(Roles.Administrator, fixture.Province.Root);
        using var response = await other.PostAsJsonAsync(new Uri($"{s_drafts}/{draftId}/check", UriKind.Relative), new { agrees = true });
        Assert.True(response.StatusCode == HttpStatusCode.OK, await response.Content.ReadAsStringAsync());
    }

    private static async Task<PublicationResponse> PublishAsync(HttpClient owner, Guid draftId)
    {
        using var response = await owner.PostAsJsonAsync(s_address, new { draftId });
        Assert.True(response.StatusCode == HttpStatusCode.Created, await response.Content.ReadAsStringAsync());
        return (await response.Content.ReadFromJsonAsync<PublicationResponse>(AnalyticsFixture.Json))!;
    }

    private Task<PublicationResponse> PublishAsync(TestCycle cycle) => PublishAsync(fixture, cycle);
}
