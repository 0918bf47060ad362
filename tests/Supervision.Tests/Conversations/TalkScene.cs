using System.Net;
using System.Net.Http.Json;
using Gengdu.Organisations;
using Gengdu.Supervision.Conversations;
using Gengdu.Supervision.Notices;
using Gengdu.Supervision.Tests.Clocks;
using Microsoft.EntityFrameworkCore;

namespace Gengdu.Supervision.Tests.Conversations;

/// <summary>A school's module that nobody has said anything about yet.</summary>
internal sealed class TalkScene(SupervisionFixture fixture, Organisation school, Guid reportId)
{
    public Organisation School => school;

    public Guid ReportId => reportId;

    public static async Task<TalkScene> OpenedAsync(SupervisionFixture fixture, Organisation? county = null)
    {
        var school = await fixture.Province.SchoolAsync(county ?? fixture.Province.Changan);
        return new(fixture, school, (await ClockScene.OpenedAsync(fixture, school)).Entries.Single().ReportId);
    }

    public string Address(string module = "curriculum") => $"/api/supervision/reports/{reportId}/conversations/{module}";

    public static object Said(string text, string? cell = null, params object[] mentions) => new { key = SupervisionFixture.NewId(), text, cell, mentions };

    public async Task<MessageResponse> SayAsync(Guid person, string text, string? cell = null, params object[] mentions)
    {
        using var client = fixture.Host.CreateClient(person);
        using var response = await client.PostAsJsonAsync($"{Address()}/messages", Said(text, cell, mentions));
        Assert.Equal(HttpStatusCode.Created, response.StatusCode);
        return (await response.Content.ReadFromJsonAsync<MessageResponse>(SupervisionFixture.Json))!;
    }

    public async Task<ConversationResponse> SeenByAsync(Guid person, string part = "")
    {
        using var client = fixture.Host.CreateClient(person);
        return (await client.GetFromJsonAsync<ConversationResponse>($"{Address()}{part}", SupervisionFixture.Json))!;
    }

    public async Task<IReadOnlyList<ConversationMarks>> MarksOfAsync(Guid person)
    {
        using var client = fixture.Host.CreateClient(person);
        return (await client.GetFromJsonAsync<IReadOnlyList<ConversationMarks>>($"/api/supervision/reports/{reportId}/conversations", SupervisionFixture.Json))!;
    }

    public async Task<HttpStatusCode> ReadAsync(Guid person, int upTo)
    {
        using var client = fixture.Host.CreateClient(person);
        using var response = await client.PutAsJsonAsync($"{Address()}/reading", new { upTo });
        return response.StatusCode;
    }

    public async Task<IReadOnlyList<(Guid Person, string Kind)>> ToldAsync() =>
        [.. (await NoticesAsync()).OrderBy(n => n.Kind, StringComparer.Ordinal).ThenBy(n => n.PersonId).Select(n => (n.PersonId, n.Kind))];

    public Task<List<Notice>> NoticesAsync() => fixture.Host.InDatabaseAsync(db => db.Notices.AsNoTracking().Where(n => n.OrganisationId == school.Id && (n.Kind == "mention" || n.Kind == "message")).ToListAsync());
}
