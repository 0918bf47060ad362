using Gengdu.Identity.People;

namespace Gengdu.Identity.Tests.People;

public sealed class PasswordPolicyTests
{
    [Theory]
    [InlineData("short 123")]
    [InlineData("1234567890")]
    [InlineData("QWERTYUIOP")]
    [InlineData("password123")]
    [InlineData("Password2026!")]
    [InlineData("woaini5201314")]
    [InlineData("gengdu2026")]
    [InlineData("aaaaaaaaaaaa")]
    [InlineData("abcabcabcabc")]
    [InlineData("8765432109")]
    [InlineData("jihgfedcba")]
    [InlineData("zhang.wei")]
    [InlineData("zhang.wei1")]
    [InlineData("Zhang.Wei2026")]
    public void Refuse_WhatIsGuessedFirst(string password) => Assert.NotNull(PasswordPolicy.Refuse(password, "zhang.wei"));

    [Theory]
    [InlineData("long enough 1")]
    [InlineData("correct horse battery")]
    [InlineData("锄禾日当午汗滴禾下土")]
    [InlineData("onlyletters")]
    [InlineData("4062917735")]
    [InlineData("Test-0123456789")]
    public void Refuse_NothingElse(string password) => Assert.Null(PasswordPolicy.Refuse(password, "zhang.wei"));

    [Fact]
    public void Refuse_MoreThanTheHashTakes() => Assert.NotNull(PasswordPolicy.Refuse(new string('x', 100) + Guid.Empty, "a"));
}
