using System.Collections.Generic;
using System.Linq;

namespace OssPayment.Emulator.State;

/// <summary>The initial contents of the emulator. Tests and documentation rely on these names.</summary>
public static class Seed
{
    public const string OwnerAccount = "1000000000000001";
    public const string StrangerAccount = "1000000000000002";

    /// <summary>The role that the OIDC token, and the instance, may take.</summary>
    public const string EcsRole = "emulator-role";
    public const string RoleArn = $"acs:ram::{OwnerAccount}:role/{EcsRole}";
    public const string OidcProviderArn = $"acs:ram::{OwnerAccount}:oidc-provider/emulator";
    public const string OidcToken =
        "eyJhbGciOiJSUzI1NiIsImtpZCI6ImVtdWxhdG9yIn0.RW11bGF0b3JPaWRjVG9rZW5Ob3RSZWFs.Tm90QVNpZ25hdHVyZQ";

    public static IReadOnlyList<string> Regions { get; } =
        ["cn-hangzhou", "cn-beijing", "cn-shanghai", "us-west-1", "ap-southeast-1"];

    /// <summary>Invented, and easy to recognise, so that tests can search the output of a client for them.</summary>
    public static IReadOnlyList<KeyPair> KeyPairs { get; } =
    [
        new("owner", "EmulatorOwnerId", "EmulatorOwnerSecretNotReal", null, OwnerAccount, KeyAccess.Full),
        new("temporary", "STS.EmulatorTemporaryId", "EmulatorTemporarySecretNotReal", Token("Temporary"), OwnerAccount,
            KeyAccess.Full),
        new("reader", "EmulatorReaderId", "EmulatorReaderSecretNotReal", null, OwnerAccount, KeyAccess.ReadOnly),
        new("stranger", "EmulatorStrangerId", "EmulatorStrangerSecretNotReal", null, StrangerAccount, KeyAccess.Full),
        new("disabled", "EmulatorDisabledId", "EmulatorDisabledSecretNotReal", null, OwnerAccount, KeyAccess.Disabled),
        new("expired", "STS.EmulatorExpiredId", "EmulatorExpiredSecretNotReal", Token("Expired"), OwnerAccount,
            KeyAccess.Expired),
    ];

    /// <summary>The predefined buckets and their regions.</summary>
    public static IReadOnlyDictionary<string, string> Buckets { get; } = new SortedDictionary<string, string>
    {
        ["a-bucket"] = "cn-hangzhou",
        ["b-bucket"] = "cn-hangzhou",
        ["beijing-bucket"] = "cn-beijing",
        ["c-bucket"] = "cn-hangzhou",
        ["examplebucket"] = "cn-hangzhou",
        ["shanghai-bucket"] = "cn-shanghai",
        ["singapore-bucket"] = "ap-southeast-1",
        ["uswest-bucket"] = "us-west-1",
    };

    internal static void Fill(EmulatorState state)
    {
        foreach (KeyPair pair in KeyPairs)
        {
            state.KeyPairs.Add(pair);
        }

        foreach ((string name, string region) in Buckets)
        {
            state.Buckets.Add(name, region);
        }

        Bucket example = state.Buckets["examplebucket"];
        example.Limits = new QoSConfiguration(100, -1, -1, 200, -1, 100);
        state.Buckets["a-bucket"].Limits = new QoSConfiguration(80, -1, -1, 100, -1, -1);
        RequesterQoSTable requesters = example.Requesters;
        requesters.Set("300100", new QoSConfiguration(10, -1, -1, 10, -1, -1));
        requesters.Set("300200", new QoSConfiguration(20, 10, 0, 100, 50, 5));

        var pool = new ResourcePool("example-pool", "cn-hangzhou", OwnerAccount)
        {
            Limits = new QoSConfiguration(300, -1, 200, 500, -1, 200),
        };
        pool.Add("examplebucket");
        pool.Add("a-bucket", "test-group");
        pool.Requesters.Set("300100", new QoSConfiguration(10, -1, -1, 10, -1, -1, 1000, -1, 0));
        state.ResourcePools[pool.Name] = pool;
        state.ResourcePools["other-pool"] = new ResourcePool("other-pool", "cn-hangzhou", OwnerAccount);

        state.CNames["static.example.com"] = "examplebucket";
    }

    // Like real security tokens: long, and with characters ('+', '/', '=') that must be encoded.
    private static string Token(string name) =>
        "CAIS" + string.Join('+', Enumerable.Repeat($"Emulator{name}/Token", 24)) + "==";
}
