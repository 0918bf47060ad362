using System.Net;
using System.Net.Http.Json;
using Gengdu.Organisations;
using Gengdu.Supervision.Conversations;
using Gengdu.TestKit;
using Microsoft.EntityFrameworkCore;
using static Gengdu.Supervision.Tests.SupervisionFixture;

namespace Gengdu.Supervision.Tests.Conversations;

public sealed class PostMessageTests(SupervisionFixture fixture) : IClassFixture<SupervisionFixture>
{
    private TestProvince P => fixture.Province;

    [Fact]
    public async Task School_AsksAboutACellBeforeAnythingIsSubmitted_AndItsCountyAnswers()
    {
        var scene = await TalkScene.OpenedAsync(fixture);
        Guid reporter = await P.PersonAsync(Roles.Reporter, scene.School), county = await P.PersonAsync(Roles.CountyReviewer, P.Changan);
        await scene.SayAsync(reporter, "  复式教学班怎么填？ ", "classes/g1");
        await scene.SayAsync(county, "按一个班填，有疑问打 0311-86000000");

        var seen = await scene.SeenByAsync(reporter);
        Assert.Equal([(1, "复式教学班怎么填？", "classes/g1", true), (2, "按一个班填，有疑问打 0311-86000000", null, false)], seen.Messages.Select(m => (m.Number, m.Text, m.Cell, m.Mine)));
        // The school learns which office spoke, not who sits there.
        Assert.Equal((Roles.CountyReviewer, P.Changan.NameZh, (Guid?)null), (seen.Messages[1].Role, seen.Messages[1].Organisation.NameZh, seen.Messages[1].PersonId));
        var acts = (await fixture.Host.AuditOfAsync(scene.ReportId)).Where(entry => entry.Act == "message.posted").ToList();
        Assert.Equal(2, acts.Count);
        Assert.DoesNotContain(acts, entry => entry.Details!.Contains("复式", StringComparison.Ordinal));
    }

    [Fact]
    public async Task SentAgain_IsOneMessageAndOneNotice_AnotherTextUnderTheSameKeyIsRefused()
    {
        var scene = await TalkScene.OpenedAsync(fixture);
        var county = await P.PersonAsync(Roles.CountyReviewer, P.Changan);
        using var client = await fixture.ClientAsync(Roles.Reporter, scene.School);
        var key = NewId();
        using HttpResponseMessage first = await SendAsync(client, scene, new { key, text = "收到了吗" }), again = await SendAsync(client, scene, new { key, text = "收到了吗" });
        Assert.Equal((HttpStatusCode.Created, HttpStatusCode.OK), (first.StatusCode, again.StatusCode));
        Assert.Equal(await first.Content.ReadAsStringAsync(), await again.Content.ReadAsStringAsync());
        await RefusedAsync(await SendAsync(client, scene, new { key, text = "换了内容" }), 409, "SUP-0070");
        await RefusedAsync(await SendAsync(client, scene, new { key, text = "收到了吗", cell = "classes/g1" }), 409, "SUP-0070");
        Assert.Single((await scene.SeenByAsync(county)).Messages);
        Assert.Single(await scene.NoticesAsync(), notice => notice.PersonId == county);
    }

    [Fact]
    public async Task TwentyAtOnce_GetTwentyNumbers()
    {
        var scene = await TalkScene.OpenedAsync(fixture);
        Guid reporter = await P.PersonAsync(Roles.Reporter, scene.School), county = await P.PersonAsync(Roles.CountyReviewer, P.Changan);
        await Task.WhenAll(Enumerable.Range(0, 20).Select(i => scene.SayAsync(i % 2 == 0 ? reporter : county, $"第 {i} 句")));
        Assert.Equal(Enumerable.Range(1, 20), (await scene.SeenByAsync(reporter)).Messages.Select(m => m.Number));
    }

    [Fact]
    public async Task EmptyTooLong_BadCell_NoKey_AndMentionsOfWhoCannotSeeIt_Are422()
    {
        var scene = await TalkScene.OpenedAsync(fixture);
        Guid foreign = await P.PersonAsync(Roles.CountyReviewer, P.Lianchi), colleague = await P.PersonAsync(Roles.Approver, scene.School), county = await P.PersonAsync(Roles.CountyReviewer, P.Changan);
        using var client = await fixture.ClientAsync(Roles.Reporter, scene.School);
        object Office(Organisation at, string role, Guid? personId = null) => new { organisationId = at.Id, role, personId };
        foreach (var body in new[]
        {
            TalkScene.Said("  "), TalkScene.Said(new string('长', 1001)), TalkScene.Said("\u0007"), TalkScene.Said("好", "Classes!"), new { key = Guid.Empty, text = "好" },
            TalkScene.Said("学生身份证130102201501011234"), TalkScene.Said("请打 13803110000"),
            TalkScene.Said("好", null, Office(P.Lianchi, Roles.CountyReviewer)),
            TalkScene.Said("好", null, Office(P.Changan, Roles.Administrator)),
            TalkScene.Said("好", null, Office(P.Lianchi, Roles.CountyReviewer, foreign)),
            // Seen by them, but elsewhere an office is asked and not a person.
            TalkScene.Said("好", null, Office(P.Changan, Roles.CountyReviewer, county)),
            TalkScene.Said("好", null, [.. Enumerable.Range(0, 11).Select(_ => Office(scene.School, Roles.Approver, colleague))]),
        })
        {
            await RefusedAsync(await SendAsync(client, scene, body), 422, "GEN-0011");
        }

        Assert.Equal((0, 0), ((await scene.SeenByAsync(county)).Messages.Count, (await scene.NoticesAsync()).Count));
    }

    [Fact]
    public async Task SomebodyElsesCounty_IsNotFound_AnAdministratorForbidden_AnUnknownModuleNotFound()
    {
        var scene = await TalkScene.OpenedAsync(fixture);
        foreach (var (role, at, module, status, code) in new[]
        {
            (Roles.CountyReviewer, P.Lianchi, "curriculum", 404, "GEN-0006"), (Roles.Reporter, P.ChanganPrimary, "curriculum", 404, "GEN-0006"),
            (Roles.Administrator, P.Changan, "curriculum", 403, "GEN-0005"), (Roles.CountyReviewer, P.Changan, "nothing", 404, "GEN-0006"),
        })
        {
            using var client = await fixture.ClientAsync(role, at);
            await RefusedAsync(await SendAsync(client, scene, TalkScene.Said("好"), module), status, code);
        }
    }

    [Fact]
    public async Task SchoolThatMoves_TakesItsTalkAlong_AndAClosedCycleStillAnswers()
    {
        var scene = await TalkScene.OpenedAsync(fixture);
        Guid reporter = await P.PersonAsync(Roles.Reporter, scene.School), old = await P.PersonAsync(Roles.CountyReviewer, P.Changan), now = await P.PersonAsync(Roles.CountyReviewer, P.Lianchi);
        await scene.SayAsync(old, "请补课表");
        await fixture.Host.Events.DeliverAsync(scene.School.MovedTo(P.Lianchi, new(2026, 9, 15, 1, 0, 0, TimeSpan.Zero)));
        using (var client = fixture.Host.CreateClient(old))
        {
            await RefusedAsync(await SendAsync(client, scene, TalkScene.Said("还在吗")), 404, "GEN-0006");
        }

        Assert.Equal("请补课表", (await scene.SeenByAsync(now)).Messages.Single().Text);
        await fixture.Host.InDatabaseAsync(async db => db.Add(new Supervision.Cycles.CycleClosing
        {
            CycleId = await db.Roster.Where(r => r.ReportId == scene.ReportId).Select(r => r.CycleId).SingleAsync(), ClosedAt = fixture.Host.Clock.GetUtcNow(),
        }) is { } && await db.SaveChangesAsync() > 0);
        await scene.SayAsync(reporter, "已补");
        Assert.Equal(["已补", "请补课表"], (await scene.SeenByAsync(now)).Messages.Select(m => m.Text).Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task FullConversation_TakesNoMore()
    {
        var scene = await TalkScene.OpenedAsync(fixture);
        var county = await P.PersonAsync(Roles.CountyReviewer, P.Changan);
        await fixture.Host.InDatabaseAsync(async db =>
        {
            db.AddRange(Enumerable.Range(1, PostMessage.Most).Select(number => new Message
            {
                ReportId = scene.ReportId, ModuleKey = "curriculum", Number = number, Key = NewId(), By = county, Role = Roles.CountyReviewer, OrganisationId = P.Changan.Id, At = fixture.Host.Clock.GetUtcNow(), Text = "好",
            }));
            return await db.SaveChangesAsync();
        });
        using var client = fixture.Host.CreateClient(county);
        await RefusedAsync(await SendAsync(client, scene, TalkScene.Said("再说一句")), 409, "SUP-0072");
        var last = await scene.SeenByAsync(county);
        Assert.Equal((401, 500, true), (last.Messages[0].Number, last.Messages[^1].Number, last.Earlier));
        var first = await scene.SeenByAsync(county, "?before=101");
        Assert.Equal((1, 100, false), (first.Messages[0].Number, first.Messages[^1].Number, first.Earlier));
    }

    private static Task<HttpResponseMessage> SendAsync(HttpClient client, TalkScene scene, object body, string module = "curriculum") => client.PostAsJsonAsync($"{scene.Address(module)}/messages", body);
}
