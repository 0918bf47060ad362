using System.Net;
using System.Net.Http.Json;
using Gengdu.Organisations;
using Gengdu.Supervision.Returns;
using Gengdu.TestKit;
using static Gengdu.Supervision.Tests.SupervisionFixture;

namespace Gengdu.Supervision.Tests.Returns;

public sealed class AddReturnPhraseTests(SupervisionFixture fixture) : IClassFixture<SupervisionFixture>
{
    [Fact]
    public async Task Post_IsKept_AndSaidOnce()
    {
        var county = await fixture.Province.DivisionAsync(fixture.Province.Baoding, "county");
        using var reviewer = await fixture.ClientAsync(Roles.CountyReviewer, county);
        var phrase = await AddedAsync(reviewer, county, " 附件须加盖公章 ");
        Assert.Equal(("missing-evidence", "附件须加盖公章", county.Id, true), (phrase.Code, phrase.Text, phrase.Organisation.Id, phrase.Own));
        Assert.Single(await fixture.Host.AuditOfAsync(phrase.Id), entry => entry.Act == "return-phrase.added");
        using var again = await AddAsync(reviewer, county, "附件须加盖公章");
        await RefusedAsync(again, 409, "SUP-0092");
        using var other = await AddAsync(reviewer, county, "附件须加盖公章", "unclear");
        Assert.Equal(HttpStatusCode.Created, other.StatusCode);
    }

    [Theory]
    [InlineData("gossip", "请核对")]
    [InlineData("unclear", "  ")]
    [InlineData("unclear", "请核\u0007对")]
    public async Task Post_WithoutWordsOrWithAnotherCode_IsRefused(string code, string text)
    {
        using var reviewer = await fixture.ClientAsync(Roles.CountyReviewer, fixture.Province.Changan);
        using var refused = await AddAsync(reviewer, fixture.Province.Changan, text, code);
        await RefusedAsync(refused, 422, "GEN-0011");
    }

    [Fact]
    public async Task Post_ForAnotherOffice_IsRefused()
    {
        using var city = await fixture.ClientAsync(Roles.CitySupervisor, fixture.Province.Shijiazhuang);
        using var below = await AddAsync(city, fixture.Province.Changan, "请核对");
        await RefusedAsync(below, 403, "SUP-0090");
        using var county = await fixture.ClientAsync(Roles.CountyReviewer, fixture.Province.Changan);
        using var elsewhere = await AddAsync(county, fixture.Province.Zhengding, "请核对");
        await RefusedAsync(elsewhere, 404, "GEN-0006");
        using var administrator = await fixture.ClientAsync(Roles.Administrator, fixture.Province.Changan);
        using var desk = await AddAsync(administrator, fixture.Province.Changan, "请核对");
        await RefusedAsync(desk, 403, "SUP-0090");
    }

    [Fact]
    public async Task Post_MoreThanAnybodyChoosesFrom_IsRefused()
    {
        var county = await fixture.Province.DivisionAsync(fixture.Province.Baoding, "county");
        await fixture.Host.InDatabaseAsync(async db =>
        {
            db.AddRange(Enumerable.Range(0, ReturnPhrase.Most).Select(n => new ReturnPhrase { Id = NewId(), OrganisationId = county.Id, Code = "other", Text = $"第 {n} 条", AddedBy = NewId(), AddedAt = fixture.Host.Clock.GetUtcNow() }));
            return await db.SaveChangesAsync();
        });
        using var reviewer = await fixture.ClientAsync(Roles.CountyReviewer, county);
        using var refused = await AddAsync(reviewer, county, "再来一条");
        await RefusedAsync(refused, 409, "SUP-0091");
    }

    internal static Task<HttpResponseMessage> AddAsync(HttpClient client, Organisation office, string text, string code = "missing-evidence") =>
        client.PostAsJsonAsync("/api/supervision/return-phrases", new { organisationId = office.Id, code, text });

    internal static async Task<ReturnPhraseResponse> AddedAsync(HttpClient client, Organisation office, string text)
    {
        using var response = await AddAsync(client, office, text);
        Assert.Equal(HttpStatusCode.Created, response.StatusCode);
        return (await response.Content.ReadFromJsonAsync<ReturnPhraseResponse>(Json))!;
    }
}
