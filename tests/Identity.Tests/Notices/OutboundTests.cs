using System.Net;
using Gengdu.Identity.Notices;

namespace Gengdu.Identity.Tests.Notices;

/// <summary>Where notices may be posted: nothing inside, by whatever name.</summary>
public sealed class OutboundTests
{
    [Theory]
    [InlineData("127.0.0.1")]
    [InlineData("10.1.2.3")]
    [InlineData("172.16.0.1")]
    [InlineData("172.31.255.255")]
    [InlineData("192.168.1.1")]
    [InlineData("169.254.169.254")]
    [InlineData("100.64.0.1")]
    [InlineData("0.0.0.0")]
    [InlineData("224.0.0.1")]
    [InlineData("255.255.255.255")]
    [InlineData("::1")]
    [InlineData("::")]
    [InlineData("fe80::1")]
    [InlineData("fd00::1")]
    [InlineData("::ffff:127.0.0.1")]
    [InlineData("::ffff:10.0.0.1")]
    [InlineData("64:ff9b::7f00:1")]
    [InlineData("2002:7f00:1::")]
    [InlineData("2001:db8::1")]
    public void Address_OfTheInside_IsNotPublic(string address) => Assert.False(Outbound.IsPublic(IPAddress.Parse(address)));

    [Theory]
    [InlineData("1.1.1.1")]
    [InlineData("172.15.0.1")]
    [InlineData("172.32.0.1")]
    [InlineData("223.5.5.5")]
    [InlineData("2400:3200::1")]
    public void Address_OfTheWideWorld_IsPublic(string address) => Assert.True(Outbound.IsPublic(IPAddress.Parse(address)));

    [Theory]
    [InlineData("http://hooks.example.com/", false, false)]
    [InlineData("https://hooks.example.com/", false, true)]
    [InlineData("https://127.0.0.1/", false, false)]
    [InlineData("https://[::1]/", false, false)]
    [InlineData("https://user:secret@hooks.example.com/", false, false)]
    [InlineData("file:///etc/passwd", true, false)]
    [InlineData("ftp://hooks.example.com/", true, false)]
    [InlineData("http://10.0.0.8:9000/in", true, true)]
    [InlineData("", true, false)]
    public void Configuration_TakesHttpsOutsideAlone_UnlessToldOtherwise(string address, bool allowPrivate, bool taken) => Assert.Equal(taken, Outbound.MayCall(address, allowPrivate));

    /// <summary>What a name leads to is looked at when the connection is made, not before.</summary>
    [Fact]
    public async Task Connection_ByANameThatLeadsInside_IsRefused()
    {
        using var http = new HttpClient(Outbound.Handler(allowPrivate: false));
        var fault = await Assert.ThrowsAsync<HttpRequestException>(() => http.GetAsync(new Uri("https://localhost:1/")));
        Assert.Contains("inside", fault.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("a@b.cn", true)]
    [InlineData("first.last+tag@mail.school.edu.cn", true)]
    [InlineData("a@b", false)]
    [InlineData("a@b.cn\r\nBcc: x@y.cn", false)]
    [InlineData("a@b.cn\n", false)]
    [InlineData("a b@c.cn", false)]
    [InlineData("\"a\"@b.cn", false)]
    [InlineData("a@b.cn,c@d.cn", false)]
    [InlineData("A <a@b.cn>", false)]
    [InlineData("a..b@c.cn", false)]
    public void MailAddress_IsOneAndNothingElse(string text, bool taken) => Assert.Equal(taken, MailAddresses.IsOne(text));

    [Theory]
    [InlineData("13800000000", true)]
    [InlineData("+85251234567", true)]
    [InlineData("12800000000", false)]
    [InlineData("1380000000", false)]
    [InlineData("13800000000;rm", false)]
    [InlineData("１３８００００００００", false)]
    public void Phone_IsOneAndNothingElse(string text, bool taken) => Assert.Equal(taken, MailAddresses.IsPhone(text));
}
