using System.Net;
using Gengdu.Contracts.Supervision.V1;
using Gengdu.Organisations;

namespace Gengdu.Reporting.Tests.ModuleReports;

/// <summary>People of a reviewer group read what they review: the submitted values of their modules, while the group lasts.</summary>
public sealed class ReviewerGroupTests(ReportingFixture fixture)
{
    [Fact]
    public async Task Member_ReadsTheRevisionsOfTheGroupsModules_WithoutPersonalValues_UntilItEnds()
    {
        var (desk, expert) = (await fixture.DeskAsync(), Guid.CreateVersion7(TimeProvider.System.GetUtcNow()));
        await desk.CompletedAsync();
        await desk.SubmittedAsync();
        var row = await desk.RowAsync();
        var giver = await fixture.Province.PersonAsync(Roles.CountyReviewer, fixture.Province.Changan);
        using var client = fixture.Host.CreateClient(expert);
        Assert.Equal(HttpStatusCode.NotFound, await StatusAsync(client, $"{desk.Address}/revisions/1"));
        var group = Group(fixture.Now, fixture.Province.Changan, giver, expert, Roles.CountyReviewer) with { ModuleKeys = ["another"] };
        var ofTheModule = group with { ModuleKeys = [row.ModuleKey], Version = 2 };

        await fixture.Host.Events.DeliverAsync(group);
        Assert.Equal(HttpStatusCode.Forbidden, await StatusAsync(client, $"{desk.Address}/revisions/1"));
        await fixture.Host.Events.DeliverAsync(ofTheModule);
        // Late and doubled: the newer version holds.
        await fixture.Host.Events.DeliverAsync(group);
        await fixture.Host.Events.DeliverAsync(ofTheModule);

        using var read = await client.GetAsync($"{desk.Address}/revisions/1");
        Assert.Equal(HttpStatusCode.OK, read.StatusCode);
        Assert.True((await ReportingFixture.BodyAsync(read)).GetProperty("masked").GetBoolean());
        // What is being typed is nobody's but the school's, and saving is not reading.
        using var module = await client.GetAsync(desk.Address);
        Assert.Equal(System.Text.Json.JsonValueKind.Null, (await ReportingFixture.BodyAsync(module)).GetProperty("values").ValueKind);

        await fixture.Host.Events.DeliverAsync(ofTheModule with { EndedAt = fixture.Now, Version = 3 });
        Assert.Equal(HttpStatusCode.NotFound, await StatusAsync(client, $"{desk.Address}/revisions/1"));
    }

    internal static ReviewerGroupChanged Group(DateTimeOffset now, Organisation at, Guid giver, Guid person, string role = Roles.Administrator) => new()
    {
        GroupId = Guid.CreateVersion7(TimeProvider.System.GetUtcNow()),
        Name = "县级专家组",
        Level = "county",
        OrganisationId = at.Id,
        GivenBy = giver,
        GiverRole = role,
        GiverOrganisationId = at.Id,
        PersonIds = [person],
        OrganisationIds = [at.Id],
        ValidFrom = DateOnly.FromDateTime(now.UtcDateTime).AddDays(-1),
        ValidTo = DateOnly.FromDateTime(now.UtcDateTime).AddDays(30),
        Version = 1,
    };

    private static async Task<HttpStatusCode> StatusAsync(HttpClient client, string address)
    {
        using var response = await client.GetAsync(address);
        return response.StatusCode;
    }
}
