namespace Gengdu.System.Tests.Logs;

/// <summary>The scan finds what it is for, or its silence about a real run would say nothing.</summary>
public sealed class LogScanTests
{
    private static readonly Dictionary<string, string> Secrets = new() { ["Typed-Secret-1"] = "a password", ["张 canary"] = "a name" };

    [Theory]
    [InlineData("Reported by 130102198802298845", "an identity number")]
    [InlineData("id=13010219880229884X;", "an identity number")]
    [InlineData("called 13912345678 twice", "a telephone number")]
    [InlineData("{\"phone\":\"13912345678\"}", "a telephone number")]
    [InlineData("token eyJhbGciOiJQUzI1NiJ9.x.y was refused", "a token")]
    [InlineData("Authorization: Bearer 0a1b2c3d4e5f6a7b", "a bearer header")]
    [InlineData("Cookie: gengdu-session=abc", "a cookie")]
    [InlineData("\"Set-Cookie\":\"__Host-gengdu=abc\"", "a cookie")]
    [InlineData("Host=127.0.0.1;Username=reporting;Password=hunter22;", "a password of a connection")]
    [InlineData("alter role identity password 'hunter22'; password: hunter22", "a password of a connection")]
    [InlineData("could not reach amqp://gengdu:hunter22@127.0.0.1:5672/", "a password in an address")]
    [InlineData("-----BEGIN " + "EC PRIVATE KEY-----", "a private key")]
    [InlineData("sign-in of somebody with Typed-Secret-1", "a password")]
    [InlineData("GET /api?search=%E5%BC%A0%20canary", "a name")]
    public void Finds_WhatMustNotBeThere_WithoutRepeatingIt(string line, string kind)
    {
        var finds = LogScan.Finds("identity", ["a harmless line", line], Secrets).ToList();
        Assert.Contains(finds, find => find.StartsWith("identity, line 2: ", StringComparison.Ordinal) && find.Contains(kind, StringComparison.Ordinal));
        Assert.DoesNotContain(finds, find => find.Contains("13912345678", StringComparison.Ordinal) || find.Contains("130102198802298845", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("Module report 01a204d1-e235-7e16-8fa3-213912345678 was submitted")]
    [InlineData("trace 4bf92f3577b34da6a3ce929d0e0e4736, content hash a13912345678b, 2026-11-22T19:54:42.1391234567Z")]
    [InlineData("Now listening on: http://127.0.0.1:25432; the password of person 7 was changed")]
    [InlineData("could not reach amqp://127.0.0.1:5672/; parameters: $1='?' (DbType = String), Password=******")]
    [InlineData("authentication by cookie failed; the bearer token has expired")]
    public void Finds_NothingInOrdinaryLines(string line) => Assert.Empty(LogScan.Finds("reporting", [line], Secrets));
}
