using System.Linq;
using OssPayment.Text;
using Xunit;

namespace OssPayment.Tests.Text;

/// <summary>Each set has exactly the characters that are listed here, of all that there are.</summary>
public sealed class AsciiTests
{
    private const string Lower = "abcdefghijklmnopqrstuvwxyz";
    private const string Upper = "ABCDEFGHIJKLMNOPQRSTUVWXYZ";
    private const string Digits = "0123456789";
    private const string Others = "!\"#$%&'()*+,/:;<=>?@[\\]^`{|}";

    public static TheoryData<string, string> Sets => new()
    {
        { nameof(AsciiKinds.Digit), Digits },
        { nameof(AsciiKinds.Dot), "." },
        { nameof(AsciiKinds.Alphanumeric), Digits + Lower + Upper },
        { nameof(AsciiKinds.Host), Digits + Lower + "-" },
        { nameof(AsciiKinds.Name), Digits + Lower + Upper + "-_" },
        { nameof(AsciiKinds.Unreserved), Digits + Lower + Upper + "-_.~" },
        { nameof(AsciiKinds.Visible), Digits + Lower + Upper + "-_.~" + Others },
        { nameof(AsciiKinds.Printable), Digits + Lower + Upper + "-_.~ " + Others },
    };

    [Theory]
    [MemberData(nameof(Sets))]
    public void A_character_set_has_exactly_its_characters(string set, string characters)
    {
        AsciiKinds kinds = System.Enum.Parse<AsciiKinds>(set);

        Assert.True(Ascii.IsAll(characters, kinds));
        Assert.True(Ascii.IsAll("", kinds));
        Assert.Equal(
            characters.Order(),
            Enumerable.Range(0, 0x10000).Select(c => (char)c).Where(c => Ascii.IsAll($"{characters}{c}", kinds)));
    }

    [Fact]
    public void Only_ASCII_letters_change_case()
    {
        string others = string.Concat(Enumerable.Range(0, 0x10000).Select(c => (char)c).Where(c => c is < 'A' or > 'Z'));

        Assert.Equal(Lower, Ascii.ToLower(Upper));
        Assert.Equal(others, Ascii.ToLower(others));
    }
}
