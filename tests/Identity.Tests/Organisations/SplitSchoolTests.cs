using System.Net;
using Gengdu.Contracts.Identity.V1;
using Organisation = Gengdu.Identity.Organisations.Organisation;

namespace Gengdu.Identity.Tests.Organisations;

public sealed class SplitSchoolTests(IdentityFixture fixture) : IClassFixture<IdentityFixture>
{
    private readonly IdentityHost _host = fixture.Host;

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Post_NewSchools_StandBesideTheOriginal(bool closeOriginal)
    {
        var (school, code) = (await _host.NewSchoolAsync("130102"), Arranging.NewSchoolCode());
        using var client = _host.Administrator;
        var answer = await SplitAsync(client, school, closeOriginal, Part(code)).OkAsync();
        Assert.Equal(code, answer.GetProperty("created")[0].GetProperty("code").GetString());
        var part = await _host.OrganisationAsync(code);
        Assert.Equal((school.ParentId, school.Id), (part.ParentId, part.PredecessorId!.Value));
        await _host.Events.WaitForAsync<OrganisationChanged>(e => e.Code == code && e.Version == 1);
        await _host.Events.WaitForAsync<OrganisationChanged>(e => e.OrganisationId == school.Id && e.Version == 2 && e.ValidTo is not null == closeOriginal);
    }

    [Fact]
    public async Task Post_CodeOfAnother_NamesThePart()
    {
        var (school, other) = (await _host.NewSchoolAsync("130102"), await _host.NewSchoolAsync("130104"));
        using var client = _host.Administrator;
        await SplitAsync(client, school, false, Part(other.Code)).RefusedAsync(HttpStatusCode.UnprocessableEntity, "parts/0/code");
        await SplitAsync(client, school, false).RefusedAsync(HttpStatusCode.UnprocessableEntity, "IDN-0003");
        await SplitAsync(client, await _host.OrganisationAsync("130102"), false, Part(Arranging.NewSchoolCode())).RefusedAsync(HttpStatusCode.UnprocessableEntity, "IDN-0047");
    }

    private static object Part(string code) => new { code, nameZh = "东校区小学", nameEn = "East Campus Primary School", schoolType = "primary", urbanRural = "town", runBy = "education-department", grades = new[] { "g1" } };

    private static Task<HttpResponseMessage> SplitAsync(HttpClient client, Organisation school, bool closeOriginal, params object[] parts) =>
        client.ChangeAsync(HttpMethod.Post, school, "split", new { parts, closeOriginal });
}
