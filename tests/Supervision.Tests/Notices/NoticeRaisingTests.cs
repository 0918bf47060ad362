using Gengdu.Contracts.Supervision.V1;
using Gengdu.Messaging;
using Gengdu.Organisations;
using Gengdu.Supervision.Data;
using Gengdu.Supervision.Notices;
using Gengdu.TestKit;
using Microsoft.EntityFrameworkCore;
using Npgsql;

namespace Gengdu.Supervision.Tests.Notices;

/// <summary>Raising: with the act or not at all, once for each person and key, to those who hold the role today.</summary>
public sealed class NoticeRaisingTests(SupervisionFixture fixture) : IClassFixture<SupervisionFixture>
{
    private TestProvince Province => fixture.Province;

    [Fact]
    public async Task Raise_ToARole_TellsWhoeverHoldsItTodayAndNobodyTwice()
    {
        var school = await Province.SchoolAsync(Province.Changan);
        var (reporter, approver) = (await Province.PersonAsync((Roles.Reporter, school), (Roles.Approver, school)), await Province.PersonAsync(Roles.Approver, school));
        var elsewhere = await Province.PersonAsync(Roles.Reporter, Province.ChanganPrimary);
        var telling = Returned(school) with { Roles = [Roles.Reporter, Roles.Approver] };
        Assert.Equal(2, await RaiseAsync(telling));
        Assert.Equal(0, await RaiseAsync(telling));

        var notices = await NoticesAsync(telling.Key);
        Assert.Equal(new[] { reporter, approver }.Order(), notices.Select(n => n.PersonId).Order());
        Assert.DoesNotContain(notices, n => n.PersonId == elsewhere);
        Assert.All(notices, n => Assert.Equal(("module-returned", "/fill/r1/modules/m1", true, "学校概况"), (n.Kind, n.Link, n.Urgent, n.Args["moduleZh"])));
    }

    [Fact]
    public async Task Raise_LeavesOutWhoDidItAndWhoseRoleEnded()
    {
        var school = await Province.SchoolAsync(Province.Changan);
        var (doer, other, gone) = (await Province.PersonAsync(Roles.Reporter, school), await Province.PersonAsync(Roles.Reporter, school), await Province.PersonAsync(Roles.Reporter, school));
        await fixture.Host.InDatabaseAsync(db => db.Set<Assignment>().Where(a => a.PersonId == gone).ExecuteUpdateAsync(set => set.SetProperty(a => a.Removed, true)));
        var telling = Returned(school) with { Roles = [Roles.Reporter], Except = doer };
        Assert.Equal(1, await RaiseAsync(telling));
        Assert.Equal(other, Assert.Single(await NoticesAsync(telling.Key)).PersonId);
    }

    [Fact]
    public async Task Raise_TellsTheWorldOfEachNoticeOnce()
    {
        var person = await Province.PersonAsync(Roles.Reporter, Province.ChanganPrimary);
        var telling = Returned(Province.ChanganPrimary) with { PersonId = person };
        await RaiseAsync(telling, telling);
        await RaiseAsync(telling);
        var notice = Assert.Single(await NoticesAsync(telling.Key));
        var rows = await OutboxAndPublishedAsync(notice.Id);
        Assert.Equal((person, "module-returned", "/fill/r1/modules/m1", true), (rows.PersonId, rows.Kind, rows.Link, rows.Urgent));
        Assert.Equal(telling.Args, rows.Args);
    }

    [Fact]
    public async Task Raise_WithAnActThatIsRolledBack_TellsNobody()
    {
        var telling = Returned(Province.ChanganPrimary) with { PersonId = SupervisionFixture.NewId() };
        await fixture.Host.InDatabaseAsync(async db =>
        {
            await using var transaction = await db.Database.BeginTransactionAsync();
            Assert.Equal(1, await db.RaiseNoticesAsync([telling], Now, CancellationToken.None));
            await transaction.RollbackAsync();
        });
        Assert.Empty(await NoticesAsync(telling.Key));
    }

    [Fact]
    public async Task Raise_OutsideATransaction_IsAMistake() => await fixture.Host.InDatabaseAsync(async db =>
        await Assert.ThrowsAsync<InvalidOperationException>(() => db.RaiseNoticesAsync([Returned(Province.ChanganPrimary)], Now, CancellationToken.None)));

    /// <summary>Two replicas that look for the same thing at the same moment.</summary>
    [Fact]
    public async Task Raise_TwiceAtOnce_IsOneNotice()
    {
        var people = Enumerable.Range(0, 20).Select(_ => SupervisionFixture.NewId()).ToArray();
        var tellings = people.Select(person => Returned(Province.ChanganPrimary) with { PersonId = person, Key = $"at-once:{people[0]}" }).ToList();
        var raised = await Task.WhenAll(RaiseAsync([.. tellings]), RaiseAsync([.. tellings.AsEnumerable().Reverse()]));
        Assert.Equal(20, raised.Sum());
        Assert.Equal(20, (await NoticesAsync(tellings[0].Key)).Count);
    }

    [Theory]
    [InlineData("https://evil.example/")]
    [InlineData("//evil.example/")]
    [InlineData("/\\evil.example/")]
    [InlineData("/a\r\nBcc: x")]
    [InlineData("school")]
    public void Link_ThatLeadsOutOfTheApp_IsAMistake(string link) => Assert.Throws<ArgumentException>(() => (Returned(Province.ChanganPrimary) with { Link = link }).Check());

    /// <summary>Which pages a kind leads to is said beside its texts, where the web's tests hold each to be a page.</summary>
    [Theory]
    [InlineData("/fill/r1/modules/m1", true)]
    [InlineData("/fill/r1/modules/", false)]
    [InlineData("/fill/r1/modules/m1/print", false)]
    [InlineData("/fill/r1/modules/m1?cycle=1", false)]
    [InlineData("/nowhere", false)]
    public void Link_IsOneOfItsKind(string link, bool known)
    {
        var telling = Returned(Province.ChanganPrimary) with { Link = link };
        Assert.Equal(known, Record.Exception(telling.Check) is null);
    }

    [Fact]
    public void Kinds_AllSayWhereTheyLead() => Assert.All(NoticeKinds.All, kind => Assert.NotEmpty(kind.Value.Links ?? []));

    [Fact]
    public void Kind_ThatIsUnknownOrLacksWhatItsTextsNeed_IsAMistake()
    {
        var telling = Returned(Province.ChanganPrimary);
        Assert.Throws<ArgumentException>(() => (telling with { Kind = "no-such" }).Check());
        var fault = Assert.Throws<ArgumentException>(() => (telling with { Args = new Dictionary<string, string> { ["moduleZh"] = "学校概况" } }).Check());
        Assert.Contains("levelEn", fault.Message, StringComparison.Ordinal);
        Assert.Contains("organisationZh", fault.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("dueAt", fault.Message, StringComparison.Ordinal);
    }

    /// <summary>A reviewer's request writes notices for the school's people; of a school out of sight it cannot.</summary>
    [Fact]
    public async Task Raise_InsideARequest_ReachesWhatTheCallerSees()
    {
        var reviewer = await Province.PersonAsync(Roles.CountyReviewer, Province.Changan);
        var (own, foreign) = (Returned(Province.ChanganPrimary) with { PersonId = SupervisionFixture.NewId() }, Returned(Province.ZhengdingJunior) with { PersonId = SupervisionFixture.NewId() });
        Assert.Equal(1, await fixture.Host.AsCallerAsync(reviewer, db => InTransactionAsync(db, own)));
        var fault = await Assert.ThrowsAnyAsync<Exception>(() => fixture.Host.AsCallerAsync(reviewer, db => InTransactionAsync(db, foreign)));
        Assert.Equal(PostgresErrorCodes.InsufficientPrivilege, (fault as PostgresException ?? fault.InnerException as PostgresException)?.SqlState);
    }

    private DateTimeOffset Now => fixture.Host.Clock.GetUtcNow();

    internal static Telling Returned(Organisation school) => new()
    {
        Kind = "module-returned",
        Key = $"test:{SupervisionFixture.NewId()}",
        OrganisationId = school.Id,
        OrganisationPath = school.Path,
        Link = "/fill/r1/modules/m1",
        Urgent = true,
        Args = new Dictionary<string, string>
        {
            ["moduleZh"] = "学校概况", ["moduleEn"] = "Overview", ["organisationZh"] = school.NameZh, ["organisationEn"] = school.NameEn, ["levelZh"] = "县级", ["levelEn"] = "county",
        },
    };

    private Task<int> RaiseAsync(params Telling[] tellings) => fixture.Host.InDatabaseAsync(db => InTransactionAsync(db, tellings));

    private async Task<int> InTransactionAsync(SupervisionDbContext db, params Telling[] tellings)
    {
        await using var transaction = await db.Database.BeginTransactionAsync();
        var raised = await db.RaiseNoticesAsync(tellings, Now, CancellationToken.None);
        await transaction.CommitAsync();
        return raised;
    }

    private Task<List<Notice>> NoticesAsync(string key) => fixture.Host.InDatabaseAsync(db => db.Notices.Where(n => n.Key == key).ToListAsync());

    private async Task<NoticeRaised> OutboxAndPublishedAsync(Guid noticeId)
    {
        await fixture.Host.Events.WaitForAsync<NoticeRaised>(e => e.NoticeId == noticeId);
        return Assert.Single(fixture.Host.Events.Published<NoticeRaised>(), e => e.NoticeId == noticeId);
    }
}
