using System.Net.Http.Json;
using Gengdu.Organisations;
using Gengdu.Supervision.Notices;

namespace Gengdu.Supervision.Tests.Notices;

public sealed class CountNoticesTests(SupervisionFixture fixture) : IClassFixture<SupervisionFixture>
{
    [Theory]
    [InlineData(0, 0)]
    [InlineData(3, 3)]
    [InlineData(120, 100)]
    public async Task Count_IsOfTheOwnUnread_AndEndsAtAHundred(int raised, int counted)
    {
        var school = fixture.Province.ChanganPrimary;
        var reader = await fixture.Province.PersonAsync(Roles.Reporter, school);
        await fixture.RaisedAsync([.. Enumerable.Range(0, raised).Select(_ => NoticeRaisingTests.Returned(school) with { PersonId = reader }), NoticeRaisingTests.Returned(school) with { PersonId = SupervisionFixture.NewId() }]);
        using var client = fixture.Host.CreateClient(reader);
        Assert.Equal(counted, (await client.GetFromJsonAsync<NoticeCount>("/api/supervision/notices/count", SupervisionFixture.Json))!.Unread);
    }
}
