using System.Net;
using Gengdu.Contracts.Identity.V1;

namespace Gengdu.Identity.Tests.Organisations;

public sealed class RetypeSchoolTests(IdentityFixture fixture) : IClassFixture<IdentityFixture>
{
    private static int _last = 700_000;
    private readonly IdentityHost _host = fixture.Host;

    [Fact]
    public async Task Put_PrimaryBecomesNineYear_GetsANewCodeAndTheOldOneStillFindsIt()
    {
        var (school, code) = (await _host.NewSchoolAsync("130102"), New("31"));
        using var client = _host.Administrator;
        await RetypeAsync(client, school, "nine-year", code).OkAsync();
        var retyped = await _host.OrganisationAsync(code);
        Assert.Equal((school.Id, "nine-year", 2L), (retyped.Id, retyped.SchoolType, retyped.Version));
        Assert.Equal([school.Code], retyped.FormerCodes);
        await _host.Events.WaitForAsync<OrganisationChanged>(e => e.OrganisationId == school.Id && e.Code == code);
        var found = await (await client.GetAsync($"/api/identity/organisations?search={school.Code}")).JsonAsync();
        Assert.Equal(code, found.GetProperty("items")[0].GetProperty("code").GetString());
    }

    [Fact]
    public async Task VoidCode_IsNeverGivenAgain()
    {
        var (school, other) = (await _host.NewSchoolAsync("130102"), await _host.NewSchoolAsync("130104"));
        using var client = _host.Administrator;
        await RetypeAsync(client, school, "nine-year", New("31")).OkAsync();
        var batch = await client.PostAsync("/api/identity/organisations/batch", new { organisations = new[] { Arranging.School(school.Code, "130104") } });
        Assert.Contains("\"void\"", await batch.Content.ReadAsStringAsync(), StringComparison.Ordinal);
        await RetypeAsync(client, other, "nine-year", (await _host.InDatabaseAsync(db => Task.FromResult(db.Organisations.First(o => o.Id == school.Id).Code)))).RefusedAsync(HttpStatusCode.Conflict, "IDN-0050");
        var back = await _host.InDatabaseAsync(db => Task.FromResult(db.Organisations.First(o => o.Id == school.Id)));
        await RetypeAsync(client, back, "primary", school.Code).RefusedAsync(HttpStatusCode.Conflict, "IDN-0050");
    }

    [Theory]
    [InlineData("nine-year", null, "IDN-0049")]
    [InlineData("nine-year", "2113799999", "IDN-0049")]
    [InlineData("nine-year", "31", "IDN-0056")]
    [InlineData("teaching-point", "2113799998", "IDN-0048")]
    [InlineData("university", null, "IDN-0056")]
    [InlineData("senior", "3413799999", "IDN-0056")]
    public async Task Put_CodeOrGradesThatDoNotFit_AreRefused(string type, string? code, string problem)
    {
        var school = await _host.NewSchoolAsync("130102");
        using var client = _host.Administrator;
        await RetypeAsync(client, school, type, code).RefusedAsync(HttpStatusCode.UnprocessableEntity, problem);
    }

    [Fact]
    public async Task Put_SameClass_KeepsTheCode()
    {
        var school = await _host.NewSchoolAsync("130102");
        using var client = _host.Administrator;
        await RetypeAsync(client, school, "teaching-point", null).OkAsync();
        Assert.Equal("teaching-point", (await _host.OrganisationAsync(school.Code)).SchoolType);
    }

    [Fact]
    public async Task Put_County_IsRefused()
    {
        using var client = _host.Administrator;
        await RetypeAsync(client, await _host.OrganisationAsync("130102"), "primary", null).RefusedAsync(HttpStatusCode.UnprocessableEntity, "IDN-0047");
    }

    private static string New(string codeClass) => $"{codeClass}13{Interlocked.Increment(ref _last):000000}";

    private static Task<HttpResponseMessage> RetypeAsync(HttpClient client, Identity.Organisations.Organisation school, string schoolType, string? code) =>
        client.ChangeAsync(HttpMethod.Put, school, "school-type", new { schoolType, grades = new[] { "g1", "g2" }, code });
}
