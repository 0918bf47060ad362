using Gengdu.Gateway.Sessions;

namespace Gengdu.Gateway.Tests;

public sealed class ReturnUrlTests
{
    [Theory]
    [InlineData("/")]
    [InlineData("/reports/1?tab=2#x")]
    [InlineData("/%5cevil")]
    [InlineData("/a//b")]
    public void Of_PathOfOurs_StaysItself(string url) => Assert.Equal(url, ReturnUrl.Of(url));

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("evil.test")]
    [InlineData("//evil.test")]
    [InlineData("///evil.test")]
    [InlineData("/\\evil.test")]
    [InlineData("\\\\evil.test")]
    [InlineData("\\/evil.test")]
    [InlineData("/path\\..\\evil")]
    [InlineData("http://evil.test")]
    [InlineData("https:evil.test")]
    [InlineData("https:/evil.test")]
    [InlineData("HTTPS://evil.test")]
    [InlineData("javascript:alert(1)")]
    [InlineData("data:text/html,x")]
    [InlineData("~/x")]
    [InlineData("?x")]
    [InlineData(" /x")]
    [InlineData("\t/x")]
    [InlineData("/\t/evil.test")]
    [InlineData("/\n/evil.test")]
    [InlineData("/\r\nSet-Cookie: x=y")]
    [InlineData("/x\u0000")]
    [InlineData("user@evil.test")]
    [InlineData("/\u0085/evil")]
    public void Of_AnythingElse_IsTheFrontPage(string? url) => Assert.Equal("/", ReturnUrl.Of(url));
}
