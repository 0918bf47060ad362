using System.Reflection;
using System.Text.Json;
using System.Text.RegularExpressions;
using MassTransit;

namespace Gengdu.Contracts.Tests;

/// <summary>Both names on the wire are fixed by attributes, so that a rename in C# changes nothing for the readers.</summary>
public sealed partial class WireNameTests
{
    public static TheoryData<string> Names() => [.. Events.All.Select(type => type.FullName!)];

    [Theory]
    [MemberData(nameof(Names))]
    public void Event_HasBothNamesInOurForm(string name)
    {
        var type = Events.Assembly.GetType(name, throwOnError: true)!;
        var kebab = JsonNamingPolicy.KebabCaseLower.ConvertName(type.Name);
        var publisher = JsonNamingPolicy.KebabCaseLower.ConvertName(Events.Publisher(type));
        var version = type.Namespace!.Split('.')[3].ToLowerInvariant();

        Assert.Equal($"urn:message:event:gengdu-{publisher}-{version}-{kebab}", type.GetCustomAttribute<MessageUrnAttribute>()!.Urn.ToString());
        Assert.Equal($"gengdu.{publisher}.{version}.{kebab}", type.GetCustomAttribute<EntityNameAttribute>()?.EntityName);
    }

    [Fact]
    public void Types_AreSealedRecordsInAPublishersVersionedNamespace()
    {
        foreach (var type in Events.Assembly.GetExportedTypes())
        {
            Assert.True(type.IsSealed && type.GetMethod("<Clone>$") is not null, $"{type} has to be a sealed record");
            Assert.Matches(VersionedNamespace(), type.Namespace);
            Assert.All(type.GetProperties(), property => Assert.True(
                property.SetMethod!.ReturnParameter.GetRequiredCustomModifiers().Contains(typeof(System.Runtime.CompilerServices.IsExternalInit)), $"{type.Name}.{property.Name} has to be init-only"));
        }

        Assert.Equal(Events.All.Count, Events.All.Select(type => type.GetCustomAttribute<EntityNameAttribute>()!.EntityName).Distinct().Count());
    }

    [Fact]
    public void Members_AreNoEnumsNoDomainTypesAndNoPersonalData()
    {
        var properties = Events.Assembly.GetExportedTypes().SelectMany(type => type.GetProperties()).ToList();
        Assert.All(properties, property => Assert.False(property.PropertyType.IsEnum, $"{property.DeclaringType!.Name}.{property.Name}: strings with a documented set, no enums"));
        string[] personal = ["UserName", "DisplayName", "PersonName", "Phone", "Email", "IdCard", "Address", "Birthday"];
        Assert.Empty(properties.Where(property => personal.Contains(property.Name)).Select(property => $"{property.DeclaringType!.Name}.{property.Name}"));
    }

    [GeneratedRegex(@"^Gengdu\.Contracts\.[A-Z][A-Za-z]+\.V[1-9][0-9]*$")]
    private static partial Regex VersionedNamespace();
}
