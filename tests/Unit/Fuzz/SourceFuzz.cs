using System;
using System.Linq;
using System.Net;
using System.Text;
using FsCheck;
using FsCheck.Fluent;
using OssPayment.Credentials;
using OssPayment.Parameters;
using OssPayment.Transport;
using Xunit;

namespace OssPayment.Tests.Fuzz;

/// <summary>Responses of sources of credentials, and passwords of proxies, whatever they contain.</summary>
public sealed class SourceFuzz(ITestOutputHelper output)
{
    private const string Json =
        """{"Code":"Success","A":[1,{"b":[]}],"AccessKeyId":"id","AccessKeySecret":"secret","SecurityToken":"token","Expiration":"2099-01-31T12:00:00.123456789Z"}""";

    private static readonly DateTimeOffset Now = new(2026, 1, 31, 12, 0, 0, TimeSpan.Zero);

    [Fact]
    public void A_response_has_credentials_or_a_reason()
    {
        Gen<byte[]> body = Gen.OneOf(
            Any.Mutated(Gen.Constant(Encoding.UTF8.GetBytes(Json))),
            Any.Mutated(Gen.Constant(Json)).Select(Encoding.Unicode.GetBytes),
            Gen.Elements<char>("{}[]:,\"a1 \uFEFF").ArrayOf().Select(characters => Encoding.UTF8.GetBytes(characters)),
            Any.Bytes());

        Fuzzer.Check(output, body, 250, bytes =>
        {
            CredentialJson? json = CredentialJson.Parse(bytes, out string whyNot);
            Assert.NotEmpty(whyNot);
            try
            {
                Assert.True(json?.ToCredentials(Now).Expiration > Now || json is null);
            }
            catch (FormatException e)
            {
                Assert.StartsWith("but the ", e.Message, StringComparison.Ordinal);
            }
        });
    }

    [Fact]
    public void The_password_of_a_proxy_never_becomes_a_part_of_its_host()
    {
        // UTF-8 has no half of a surrogate pair, and an escape means its character.
        Gen<string> password = Gen.OneOf(Any.Visible, Any.Text, Any.Mutated(Any.Visible))
            .Where(text => !text.Any(char.IsSurrogate) && Uri.UnescapeDataString(text) == text);

        Fuzzer.Check(output, password, 250, text =>
        {
            string url = $"http://alice:{text}@proxy.example:8080";
            foreach (ProxySettings settings in new[]
            {
                ProxySettings.Of((Uri)new ProxyAttribute().Transform(null!, url)!),
                ProxySettings.FromEnvironment(name => name == "all_proxy" ? url : null)!,
            })
            {
                NetworkCredential login = Assert.Single(settings.Logins);
                Assert.Equal(("alice", text), (login.UserName, login.Password));
                Assert.Equal("http://proxy.example:8080/", settings.GetProxy(new Uri("https://a.example"))!.AbsoluteUri);
            }
        });
    }
}
