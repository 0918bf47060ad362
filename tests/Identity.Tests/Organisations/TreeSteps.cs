using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Organisation = Gengdu.Identity.Organisations.Organisation;

namespace Gengdu.Identity.Tests.Organisations;

/// <summary>Changes of the tree as an administrator's page makes them: with the version that was looked at.</summary>
internal static class TreeSteps
{
    public static async Task<HttpResponseMessage> ChangeAsync(this HttpClient client, HttpMethod method, Organisation organisation, string what, object body, long? version = null)
    {
        using var request = new HttpRequestMessage(method, Arranging.At($"/api/identity/organisations/{organisation.Id}/{what}")) { Content = JsonContent.Create(body) };
        request.Headers.TryAddWithoutValidation("If-Match", $"\"v{version ?? organisation.Version}\"");
        return await client.SendAsync(request);
    }

    public static Task<HttpResponseMessage> MoveAsync(this HttpClient client, Organisation moved, Organisation parent, string? effectiveOn = null, long? version = null) =>
        client.ChangeAsync(HttpMethod.Put, moved, "parent", new { parentId = parent.Id, effectiveOn, reason = "冀教〔2026〕12号" }, version);

    public static async Task<JsonElement> OkAsync(this Task<HttpResponseMessage> response)
    {
        var answer = await response;
        Assert.True(answer.StatusCode == HttpStatusCode.OK, $"{answer.StatusCode} {await answer.Content.ReadAsStringAsync()}");
        return await answer.JsonAsync();
    }

    public static async Task RefusedAsync(this Task<HttpResponseMessage> response, HttpStatusCode status, string code)
    {
        var answer = await response;
        var text = await answer.Content.ReadAsStringAsync();
        Assert.True(answer.StatusCode == status, $"{answer.StatusCode} {text}");
        Assert.Contains($"\"{code}\"", text, StringComparison.Ordinal);
    }

    public static async Task<Organisation> NewSchoolAsync(this IdentityHost host, string parentCode) => await host.OrganisationAsync(await host.SchoolAsync(parentCode));
}
