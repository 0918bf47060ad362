using Gengdu.Gateway.Proxy;
using Gengdu.Gateway.Tests.Running;

namespace Gengdu.Gateway.Tests;

public sealed class BearerRulesTests
{
    private const string Head = "{\"alg\":\"PS256\",\"typ\":\"at+jwt\"}";
    private const string Body = "{\"aud\":\"reporting\"}";

    [Theory]
    [InlineData(Head, Body)]
    [InlineData("{\"alg\":\"ES256\",\"typ\":\"application/at+jwt\"}", Body)]
    [InlineData("{\"alg\":\"RS256\",\"typ\":\"AT+JWT\"}", "{\"aud\":[\"reporting\"]}")]
    public void Check_AccessTokenForThisService_Passes(string head, string body) => Assert.Null(BearerRules.Check(Tokens.Of(head, body), "reporting"));

    [Theory]
    [InlineData("{\"aud\":\"supervision\"}")]
    [InlineData("{\"aud\":[\"reporting\",\"supervision\"]}")]
    [InlineData("{\"aud\":[\"supervision\",\"reporting\"]}")]
    [InlineData("{\"aud\":[]}")]
    [InlineData("{\"aud\":\"reporting2\"}")]
    [InlineData("{\"aud\":\"Reporting\"}")]
    [InlineData("{\"aud\":\"report\"}")]
    [InlineData("{\"aud\":\"reporting \"}")]
    [InlineData("{\"aud\":1}")]
    [InlineData("{\"aud\":null}")]
    [InlineData("{\"aud\":{\"reporting\":1}}")]
    [InlineData("{\"aud\":[[\"reporting\"]]}")]
    [InlineData("{\"Aud\":\"reporting\"}")]
    [InlineData("{}")]
    public void Check_ForAnotherService_IsRefused(string body) => Assert.Equal("GW-0007", BearerRules.Check(Tokens.Of(Head, body), "reporting")?.Code);

    [Theory]
    [InlineData("{\"alg\":\"none\",\"typ\":\"at+jwt\"}")]
    [InlineData("{\"alg\":\"None\",\"typ\":\"at+jwt\"}")]
    [InlineData("{\"alg\":\"nOnE\",\"typ\":\"at+jwt\"}")]
    [InlineData("{\"alg\":\"\",\"typ\":\"at+jwt\"}")]
    [InlineData("{\"alg\":\"P\",\"typ\":\"at+jwt\"}")]
    [InlineData("{\"alg\":1,\"typ\":\"at+jwt\"}")]
    [InlineData("{\"alg\":\"HS256\",\"typ\":\"at+jwt\"}")]
    [InlineData("{\"typ\":\"at+jwt\"}")]
    [InlineData("{\"alg\":\"PS256\"}")]
    [InlineData("{\"alg\":\"PS256\",\"typ\":\"JWT\"}")]
    [InlineData("{\"alg\":\"PS256\",\"typ\":\"logout+jwt\"}")]
    [InlineData("{\"alg\":\"PS256\",\"typ\":\"at+jwt2\"}")]
    [InlineData("{\"alg\":\"PS256\",\"typ\":[\"at+jwt\"]}")]
    [InlineData("[]")]
    [InlineData("null")]
    [InlineData("not json")]
    [InlineData("{\"a\":{\"a\":{\"a\":{\"a\":{\"a\":{\"a\":{\"a\":{\"a\":{\"a\":1}}}}}}}}}")]
    public void Check_NoAccessToken_IsRefused(string head) => Assert.Equal("GW-0006", BearerRules.Check(Tokens.Of(head, Body), "reporting")?.Code);

    [Theory]
    [InlineData("Bearer")]
    [InlineData("Bearer ")]
    [InlineData("Bearer a.b.c.d.e")]
    [InlineData("Bearer é.b.c")]
    [InlineData("bearer  x.y.z")]
    [InlineData("DPoP a.b.c")]
    [InlineData("Basic YTpi")]
    [InlineData("Bearer a.b.c, Bearer d.e.f")]
    [InlineData("Bearer YQ.YQ.YQ")]
    [InlineData("Bearer =.=.=")]
    [InlineData("Bearer W10.W10.W10")]
    public void Check_OutOfShape_IsRefused(string header) => Assert.Equal("GW-0006", BearerRules.Check(header, "reporting")?.Code);

    [Fact]
    public void Check_EndlessToken_IsRefused() => Assert.Equal("GW-0006", BearerRules.Check(Tokens.Of(Head, $"{{\"aud\":\"reporting\",\"x\":\"{new string('x', 9000)}\"}}"), "reporting")?.Code);

    [Fact]
    public void Check_SignatureMissing_IsRefused() => Assert.Equal("GW-0006", BearerRules.Check(Tokens.Of(Head, Body, ""), "reporting")?.Code);
}
