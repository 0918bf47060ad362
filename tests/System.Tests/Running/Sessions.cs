using Gengdu.Province.Api;

namespace Gengdu.System.Tests.Running;

/// <summary>What several tests ask as somebody who is signed in.</summary>
internal static class Sessions
{
    public static async Task<Guid> OrganisationAsync(this Session session, string code, CancellationToken cancellationToken) =>
        (await session.GetAsync($"/api/identity/organisations?search={code}", cancellationToken))["items"]!
            .AsArray().Single(one => one!["code"]!.GetValue<string>() == code)!["id"]!.GetValue<Guid>();
}
