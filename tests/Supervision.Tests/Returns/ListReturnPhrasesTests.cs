using System.Net.Http.Json;
using Gengdu.Organisations;
using Gengdu.Supervision.Returns;
using static Gengdu.Supervision.Tests.SupervisionFixture;

namespace Gengdu.Supervision.Tests.Returns;

public sealed class ListReturnPhrasesTests(SupervisionFixture fixture) : IClassFixture<SupervisionFixture>
{
    [Fact]
    public async Task Get_OwnWordsFirst_ThenThoseAbove_NeverANeighbours()
    {
        var (county, neighbour) = (await fixture.Province.DivisionAsync(fixture.Province.Baoding, "county"), await fixture.Province.DivisionAsync(fixture.Province.Baoding, "county"));
        using HttpClient own = await fixture.ClientAsync(Roles.CountyReviewer, county), other = await fixture.ClientAsync(Roles.CountyReviewer, neighbour), city = await fixture.ClientAsync(Roles.CitySupervisor, fixture.Province.Baoding);
        await AddReturnPhraseTests.AddedAsync(city, fixture.Province.Baoding, "市级常用语");
        await AddReturnPhraseTests.AddedAsync(own, county, "本县常用语");
        await AddReturnPhraseTests.AddedAsync(other, neighbour, "邻县常用语");

        Assert.Equal([("本县常用语", true), ("市级常用语", false)], (await ListAsync(own, county)).Select(phrase => (phrase.Text, phrase.Own)));
        Assert.Equal([("市级常用语", true)], (await ListAsync(city, fixture.Province.Baoding)).Select(phrase => (phrase.Text, phrase.Own)));
    }

    [Fact]
    public async Task Get_OutsideOrWithoutAReviewingRole_IsRefused()
    {
        using var reviewer = await fixture.ClientAsync(Roles.CountyReviewer, fixture.Province.Changan);
        await RefusedAsync(await reviewer.GetAsync($"/api/supervision/return-phrases?organisationId={fixture.Province.Zhengding.Id}"), 404, "GEN-0006");
        using var administrator = await fixture.ClientAsync(Roles.Administrator, fixture.Province.Changan);
        await RefusedAsync(await administrator.GetAsync($"/api/supervision/return-phrases?organisationId={fixture.Province.Changan.Id}"), 403, "GEN-0005");
    }

    internal static async Task<ReturnPhraseResponse[]> ListAsync(HttpClient client, Organisation office) =>
        (await client.GetFromJsonAsync<ReturnPhraseResponse[]>($"/api/supervision/return-phrases?organisationId={office.Id}", Json))!;
}
