using Gengdu.Rules.Cel;

namespace Gengdu.Rules.Tests.Cel;

public sealed class CelRefusalTests
{
    [Theory]
    [InlineData("a > 1", 1, 5, "integer")]
    [InlineData("a >\n  10 + b", 2, 3, "10.0")]
    [InlineData("size(m) > 1.0", 1, 1, "count()")]
    [InlineData("m.size() > 1.0", 1, 3, "count()")]
    [InlineData("boarder > 1.0", 1, 1, "unknown name 'boarder'")]
    [InlineData("a > 1.0 && summ(m) > 1.0", 1, 12, "unknown function 'summ'")]
    [InlineData("s.trim() == ''", 1, 3, "unknown method 'trim'")]
    [InlineData("sum(m, 'a', 'b') > 1.0", 1, 1, "takes 1 or 2 arguments")]
    [InlineData("a % 2.0 == 0.0", 1, 3, "'%'")]
    [InlineData("a > 1.0 &&", 1, 11, "ends too early")]
    [InlineData("(a > 1.0", 1, 9, "expected ')'")]
    [InlineData("a > 1.0)", 1, 8, "unexpected ')'")]
    [InlineData("a = 1.0", 1, 3, "unexpected character '='")]
    [InlineData("s == 'abc", 1, 6, "no closing quote")]
    [InlineData("s == 'a\\q'", 1, 8, "unknown escape")]
    [InlineData("a ? 1.0 : null", 1, 11, "one branch")]
    [InlineData("1.0 == null", 1, 5, "can't be combined")]
    [InlineData("'a' in [1.0]", 1, 5, "can't be combined")]
    [InlineData("s.matches('(?<x>a)')", 1, 11, "group")]
    [InlineData("s.matches('\\\\bword')", 1, 11, "\\b")]
    [InlineData("s.matches(s)", 1, 11, "string literal")]
    [InlineData("m == {}", 1, 6, "empty map")]
    [InlineData("string(a) == s", 1, 1, "reserved")]
    [InlineData("m.all(1.0, true)", 1, 7, "name of a variable")]
    [InlineData("school.grade == s", 1, 8, "'school' has no member 'grade'")]
    [InlineData("{'a': 1.0, 'a': 2.0}.a > 0.0", 1, 12, "twice")]
    [InlineData("b'a' == s", 1, 1, "bytes")]
    [InlineData("a > 1e", 1, 7, "exponent")]
    [InlineData("a > 1e999", 1, 5, "too large")]
    public void Compile_OutsideTheLanguage_IsRefusedWhereItStands(string text, int line, int column, string reason)
    {
        var names = CelTesting.Names("a", "b", "s", "m").Declare("school", _ => CelValue.Null, new CelHint { Members = new CelShape("type", "grades") });

        var refused = Assert.Throws<CelCompileException>(() => CelExpression.Compile(text, names));

        Assert.Contains(reason, refused.Message, StringComparison.Ordinal);
        Assert.Equal((line, column), (refused.Line, refused.Column));
    }

    [Fact]
    public void Compile_NestedTooDeep_IsRefused()
    {
        foreach (var text in new[] { new string('(', 5000), new string('!', 5000) + "true", string.Concat(Enumerable.Repeat("a ? ", 5000)), "a" + string.Concat(Enumerable.Repeat(".x", 5000)), "a" + string.Concat(Enumerable.Repeat(" + a", 5000)) })
            Assert.Throws<CelCompileException>(() => CelExpression.Compile(text, CelTesting.Names("a")));
    }
}
