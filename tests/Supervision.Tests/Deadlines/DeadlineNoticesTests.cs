using Gengdu.Contracts.Reporting.V1;
using Gengdu.Organisations;
using Gengdu.Supervision.Notices;
using Gengdu.Supervision.Tests.Clocks;
using Microsoft.EntityFrameworkCore;

namespace Gengdu.Supervision.Tests.Deadlines;

/// <summary>Who hears of a request to the level above, and of its answer.</summary>
public sealed class DeadlineNoticesTests(SupervisionFixture fixture) : IClassFixture<SupervisionFixture>
{
    [Fact]
    public async Task ExtensionAsked_GoesToTheNearestWhoMayAnswer()
    {
        var county = await fixture.Province.DivisionAsync(fixture.Province.Baoding, "county");
        var school = await fixture.Province.SchoolAsync(county);
        var city = await fixture.Province.PersonAsync(Roles.CitySupervisor, fixture.Province.Baoding);
        var roster = await fixture.OpenedAsync(school);
        // The county has nobody yet: its city has to answer.
        var first = Asked(roster, school);
        await fixture.Host.Events.DeliverAsync(first);
        Assert.Contains(city, (await ToldAsync(first.ExtensionId)).Select(n => n.PersonId));

        var reviewer = await fixture.Province.PersonAsync(Roles.CountyReviewer, county);
        var second = Asked(roster, school);
        await fixture.Host.Events.DeliverAsync(second);
        await fixture.Host.Events.DeliverAsync(second);
        var told = Assert.Single(await ToldAsync(second.ExtensionId));
        Assert.Equal((reviewer, $"/deadline/requests?cycle={roster.CycleId}", true, school.NameZh, "2026 年秋季"), (told.PersonId, told.Link, told.Urgent, told.Args["organisationZh"], told.Args["cycleZh"]));
        Assert.Equal(("2026-10-10T10:00:00Z", "2026-10-01T10:00:00Z"), (told.Args["untilAt"], told.Args["answerAt"]));

        // What the county asks for its own schools is not for the county to answer.
        var own = Asked(roster, county) with { CoversSubtree = true };
        await fixture.Host.Events.DeliverAsync(own);
        var above = (await ToldAsync(own.ExtensionId)).Select(n => n.PersonId).ToList();
        Assert.Contains(city, above);
        Assert.DoesNotContain(reviewer, above);
    }

    [Theory]
    [InlineData(true, "extension-granted")]
    [InlineData(false, "extension-refused")]
    public async Task ExtensionDecided_IsToldToTheSchool(bool approved, string kind)
    {
        var school = await fixture.Province.SchoolAsync(fixture.Province.Changan);
        var (reporter, approver) = (await fixture.Province.PersonAsync(Roles.Reporter, school), await fixture.Province.PersonAsync(Roles.Approver, school));
        var roster = await fixture.OpenedAsync(school);
        var decided = Decided(roster, school, approved) with { RequestedBy = reporter };
        await fixture.Host.Events.DeliverAsync(decided);
        var told = await ToldAsync(decided.ExtensionId);
        Assert.Equal(new[] { reporter, approver }.Order(), told.Select(n => n.PersonId).Order());
        Assert.All(told, n => Assert.Equal((kind, approved), (n.Kind, n.Args.ContainsKey("untilAt"))));
        Assert.Equal($"/fill/{roster.Entries[0].ReportId}", told.Single(n => n.PersonId == approver).Link);
    }

    /// <summary>A county's grant is news for the schools that still owe something, not for those that are done or exempt.</summary>
    [Fact]
    public async Task ExtensionDecided_ForACounty_IsToldToWhoStillOwes()
    {
        var county = await fixture.Province.DivisionAsync(fixture.Province.Baoding, "county");
        Organisation[] schools = [await fixture.Province.SchoolAsync(county), await fixture.Province.SchoolAsync(county), await fixture.Province.SchoolAsync(county)];
        var people = new List<Guid>();
        foreach (var school in schools)
        {
            people.Add(await fixture.Province.PersonAsync(Roles.Reporter, school));
        }

        var asked = await fixture.Province.PersonAsync(Roles.CountyReviewer, county);
        var roster = await fixture.OpenedAsync(schools);
        await fixture.SubmittedAsync(roster, schools[0]);
        await fixture.SubmittedAsync(roster, schools[1]);
        await fixture.SubmittedAsync(roster, schools[1], "teachers");
        await fixture.Host.Events.DeliverAsync(Exempted(roster, schools[2]));
        var granted = Decided(roster, county, approved: true) with { CoversSubtree = true, RequestedBy = asked };
        await fixture.Host.Events.DeliverAsync(granted);
        Assert.Equal(new[] { asked, people[0] }.Order(), (await ToldAsync(granted.ExtensionId)).Select(n => n.PersonId).Order());

        using (var reporter = fixture.Host.CreateClient(people[0]))
        {
            Assert.Contains("extension-granted", await reporter.GetStringAsync("/api/supervision/notices", TestContext.Current.CancellationToken), StringComparison.Ordinal);
        }

        var refused = Decided(roster, county, approved: false) with { CoversSubtree = true, RequestedBy = asked };
        await fixture.Host.Events.DeliverAsync(refused);
        Assert.Equal(asked, Assert.Single(await ToldAsync(refused.ExtensionId)).PersonId);
    }

    [Fact]
    public async Task Exemption_IsToldToWhoAnswers_ThenToTheSchoolAndWhoAsked()
    {
        var county = await fixture.Province.DivisionAsync(fixture.Province.Baoding, "county");
        var school = await fixture.Province.SchoolAsync(county);
        var (asked, city, reporter) = (await fixture.Province.PersonAsync(Roles.CountyReviewer, county), await fixture.Province.PersonAsync(Roles.CitySupervisor, fixture.Province.Baoding), await fixture.Province.PersonAsync(Roles.Reporter, school));
        var roster = await fixture.OpenedAsync(school);
        var request = new ExemptionRequested
        {
            RequestId = SupervisionFixture.NewId(), ReportId = roster.Entries[0].ReportId, CycleId = roster.CycleId, OrganisationId = school.Id, OrganisationPath = school.Path, AskedFrom = county.Path,
            Cause = "closed", RequestedBy = asked, RequestedAt = Time, AnswerBy = Time.AddDays(2),
        };
        await fixture.Host.Events.DeliverAsync(request);
        var toAnswer = (await ToldAsync(request.RequestId)).Select(n => n.PersonId).ToList();
        Assert.Contains(city, toAnswer);
        Assert.DoesNotContain(asked, toAnswer);

        await fixture.Host.Events.DeliverAsync(new ExemptionRefused
        {
            RequestId = request.RequestId, ReportId = request.ReportId, CycleId = roster.CycleId, OrganisationId = school.Id, OrganisationPath = school.Path, RequestedBy = asked, DecidedBy = city, RefusedAt = Time,
        });
        Assert.Equal(asked, Assert.Single(await ToldAsync(request.RequestId), n => n.Kind == "exemption-refused").PersonId);

        await fixture.Host.Events.DeliverAsync(Exempted(roster, school) with { RequestedBy = asked });
        Assert.Equal([(asked, $"/deadline/requests?cycle={roster.CycleId}"), (reporter, $"/fill/{request.ReportId}")],
            (await ToldAsync(request.ReportId)).Select(n => (n.PersonId, n.Link)).OrderBy(n => n.Link, StringComparer.Ordinal));
    }

    private static readonly DateTimeOffset Time = new(2026, 9, 29, 10, 0, 0, TimeSpan.Zero);

    private static ExtensionRequested Asked(CycleRosterPublished roster, Organisation organisation) => new()
    {
        ExtensionId = SupervisionFixture.NewId(), CycleId = roster.CycleId, OrganisationId = organisation.Id, OrganisationPath = organisation.Path, CoversSubtree = false,
        AskedUntil = Time.AddDays(11), RequestedBy = SupervisionFixture.NewId(), RequestedAt = Time, AnswerBy = Time.AddDays(2),
    };

    private static ExtensionDecided Decided(CycleRosterPublished roster, Organisation organisation, bool approved) => new()
    {
        ExtensionId = SupervisionFixture.NewId(), CycleId = roster.CycleId, OrganisationId = organisation.Id, OrganisationPath = organisation.Path, CoversSubtree = false,
        Approved = approved, Until = approved ? Time.AddDays(11) : null, DecidedBy = SupervisionFixture.NewId(), DecidedAt = Time,
    };

    private static ReportExempted Exempted(CycleRosterPublished roster, Organisation school) => new()
    {
        ReportId = roster.Entries.Single(e => e.OrganisationId == school.Id).ReportId, CycleId = roster.CycleId, OrganisationId = school.Id, OrganisationPath = school.Path, Level = "school", Cause = "closed",
        RequestedBy = SupervisionFixture.NewId(), DecidedBy = SupervisionFixture.NewId(), ExemptedAt = Time,
    };

    private Task<List<Notice>> ToldAsync(Guid request) =>
        fixture.Host.InDatabaseAsync(db => db.Notices.AsNoTracking().Where(n => n.Key.EndsWith(request.ToString())).ToListAsync());
}
