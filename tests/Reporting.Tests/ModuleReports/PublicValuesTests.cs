using System.Text.Json;
using Gengdu.Reporting.ModuleReports.Values;

namespace Gengdu.Reporting.Tests.ModuleReports;

public sealed class PublicValuesTests
{
    [Fact]
    public void Of_LeavesPersonalFieldsOut()
    {
        var kept = PublicValues.Of(TestPack.Basic, JsonElement.Parse("""{"boarders":3,"principal_name":"张立","principal_phone":"13800001111","titles":[{"_id":"r1","name":"示范校"}]}"""));
        Assert.Equal(["boarders", "titles"], kept.EnumerateObject().Select(m => m.Name));
    }

    [Fact]
    public void Of_NoModuleOfThePackTellsAPersonalColumn()
    {
        foreach (var module in TestPack.Programme.Modules)
        {
            foreach (var field in module.Fields.Where(f => f.Columns is not null))
            {
                var row = $$"""{"_id":"r1",{{string.Join(',', field.Columns!.Select(c => $"\"{c.Key}\":\"x\""))}}}""";
                var kept = PublicValues.Of(module, JsonElement.Parse($$"""{"{{field.Key}}":[{{row}}]}"""));
                var told = kept.TryGetProperty(field.Key, out var rows) ? rows[0].EnumerateObject().Select(m => m.Name).ToList() : [];
                Assert.DoesNotContain(field.Columns!, c => c.DataClass is "personal" or "sensitive" && told.Contains(c.Key));
            }
        }
    }
}
