using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Gengdu.Reporting.ModuleReports.Values;

namespace Gengdu.Reporting.Tests.ModuleReports;

public sealed class CanonicalJsonTests
{
    [Theory]
    [InlineData("""{"b":1,"a":[true,null]}""", """{"a":[true,null],"b":1}""")]
    [InlineData("""{ "x" : 1.50, "y": 2.0, "z": 100e-2 }""", """{"x":1.5,"y":2,"z":1}""")]
    [InlineData("""{"x":0.000001,"y":123456789012345,"z":-0.0}""", """{"x":0.000001,"y":123456789012345,"z":0}""")]
    [InlineData("""{"x":"劳动\u6559\u80b2"}""", """{"x":"劳动教育"}""")]
    [InlineData("""{"é":1,"z":2,"Z":3}""", """{"Z":3,"z":2,"é":1}""")]
    [InlineData("{\"x\":\"\\ud83c\\udf3e\\u200f\\u2028\\u007f\\ue000\\\\\\/\\\"<\\n\\u001f\"}", "{\"x\":\"🌾\u200f\u2028\u007f\ue000\\\\/\\\"<\\n\\u001f\"}")]
    public void Sha256_IsOverOneWayOfWriting(string document, string canonical) =>
        Assert.Equal(Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(canonical))), CanonicalJson.Sha256(JsonElement.Parse(document)));
}
