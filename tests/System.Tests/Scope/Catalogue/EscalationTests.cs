using Gengdu.System.Tests.Scope.World;

namespace Gengdu.System.Tests.Scope.Catalogue;

/// <summary>TR-25: nobody gives themselves, or anybody above them, what they do not have.</summary>
[Collection(nameof(ScopeShared))]
public sealed class EscalationTests(ScopeFixture fixture)
{
    private Scene Scene => fixture.Scene;

    /// <summary>Who gives whom which role where, and how it is refused.</summary>
    [Theory]
    [InlineData("administrator@A1", "administrator@A1", "county-reviewer", "A1", 403)]
    [InlineData("administrator@A1", "administrator@A1", "administrator", "A", 404)]
    [InlineData("administrator@A1", "administrator@A1", "province-owner", "P", 404)]
    [InlineData("administrator@A1", "reporter@A1S1", "administrator", "A", 404)]
    [InlineData("administrator@A1", "reporter@A1S1", "county-reviewer", "B1", 404)]
    [InlineData("administrator@A1", "reporter@A1S1", "city-supervisor", "A1", 422)]
    [InlineData("administrator@A1", "reporter@A1S1", "auditor", "A1", 403)]
    [InlineData("administrator@A1", "reporter@A1S1", "security-administrator", "A1", 403)]
    [InlineData("administrator@P", "administrator@P", "auditor", "P", 403)]
    [InlineData("security-administrator@A1", "reporter@A1S1", "administrator", "A1", 403)]
    [InlineData("security-administrator@A1", "reporter@A1S1", "county-reviewer", "A1", 403)]
    [InlineData("security-administrator@A1", "security-administrator@A1", "security-administrator", "A1S1", 403)]
    [InlineData("auditor@A1", "reporter@A1S1", "reporter", "A1S2", 403)]
    [InlineData("auditor@A1", "administrator@A1", "auditor", "A1", 409)]
    [InlineData("county-reviewer@A1", "county-reviewer@A1", "administrator", "A1", 403)]
    [InlineData("province-owner@P", "province-owner@P", "administrator", "P", 403)]
    [InlineData("reporter@A1S1", "reporter@A1S1", "approver", "A1S1", 403)]
    [InlineData("city-system", "reporter@A1S1", "administrator", "P", 404)]
    public Task TR25_Grant_BeyondTheOwn_IsRefused(string who, string whom, string role, string where, int status) => Scene.UnchangedAsync(async () =>
    {
        var answer = await Scene.AskAsync(who, "POST", "/api/identity/assignments", new { personId = Scene.PersonIds[whom], role, organisationId = Scene.Owners[where].Id });

        Assert.True(answer.Status == status, $"{answer.Status} {answer.Body}");
    });

    /// <summary>The same by way of a new account.</summary>
    [Theory]
    [InlineData("administrator@A1", "administrator", "A", 422)]
    [InlineData("administrator@A1", "province-owner", "P", 422)]
    [InlineData("administrator@A1", "reporter", "B1S1", 422)]
    [InlineData("administrator@A1", "auditor", "A1", 422)]
    [InlineData("security-administrator@A1", "administrator", "A1", 422)]
    [InlineData("auditor@A1", "county-reviewer", "A1", 422)]
    [InlineData("county-reviewer@A1", "reporter", "A1S1", 403)]
    public Task TR25_Account_BeyondTheOwn_IsRefused(string who, string role, string where, int status) => Scene.UnchangedAsync(async () =>
    {
        var people = new[] { new { userName = "made.by.me", displayName = "Me", assignments = new[] { new { role, organisationCode = Tree.Code(where) } } } };

        Assert.Equal(status, (await Scene.AskAsync(who, "POST", "/api/identity/people/batch", new { people })).Status);
    });

    /// <summary>The accounts of those above, beside, and of oneself are not one's own to handle.</summary>
    [Theory]
    [InlineData("administrator@A1", "administrator@A", 404)]
    [InlineData("administrator@A1", "administrator@P", 404)]
    [InlineData("administrator@A1", "administrator@B1", 404)]
    [InlineData("administrator@A1", "administrator@A1", 403)]
    [InlineData("administrator@A1", "security-administrator@A1", 403)]
    [InlineData("administrator@A1", "auditor@A1", 403)]
    [InlineData("administrator@A1", "county-reviewer@A1_county-reviewer@B1", 403)]
    [InlineData("administrator@A1", "nobody", 404)]
    [InlineData("administrator@A1S1", "reporter@A1", 404)]
    [InlineData("county-reviewer@A1", "reporter@A1S1", 403)]
    [InlineData("auditor@A1", "reporter@A1S1", 403)]
    public Task TR25_AccountOfOthers_IsLeftAlone(string who, string whom, int status) => Scene.UnchangedAsync(async () =>
    {
        var person = $"/api/identity/people/{Scene.PersonIds[whom]}";
        foreach (var (verb, act) in new[] { ("POST", "invitation"), ("POST", "password-reset"), ("POST", "unlock"), ("PUT", "disabled"), ("DELETE", "disabled"), ("DELETE", "sessions"), ("DELETE", "second-factor") })
        {
            var answer = await Scene.AskAsync(who, verb, $"{person}/{act}");
            Assert.True(answer.Status == status, $"{verb} {act}: {answer.Status} {answer.Body}");
        }
    });
}
