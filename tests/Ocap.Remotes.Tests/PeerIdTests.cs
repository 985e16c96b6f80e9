using Ocap.Remotes.Identity;

namespace Ocap.Remotes.Tests;

public class PeerIdTests
{
    [Test]
    [Arguments("0000000000000000000000000000000000000000000000000000000000000000", "12D3KooWDpJ7As7BWAwRMfu1VU2WCqNjvq387JEYKDBj4kx6nXTN")]
    [Arguments("c800000000000000000000000000000000000000000000000000000000000000", "12D3KooWJBDqsyHQF2MWiCdU4kdqx4zTsSTLRdShg7Ui6CRWB4uc")]
    [Arguments("5eb00bbddcf069084889a8ab9155568165f5c453ccb85e70811aaed6f6da5fc1", "12D3KooWP7CwQswqLKZbwvYd9wrEynnL9F2aKVP1X9huNASBTuqj")]
    public async Task A_seed_has_the_peer_id_that_libp2p_gives_it(string seed, string peerId) =>
        await Assert.That(PeerId.FromSeed(Convert.FromHexString(seed)).Text).IsEqualTo(peerId);

    [Test]
    public async Task A_seed_of_another_length_is_refused() =>
        await Assert.That(() => PeerId.FromSeed(new byte[31])).Throws<ArgumentOutOfRangeException>();

    [Test]
    [Arguments("", "")]
    [Arguments("00", "1")]
    [Arguments("0000287fb4cd", "11233QC4")]
    [Arguments("61", "2g")]
    [Arguments("516b6fcd0f", "ABnLTmg")]
    [Arguments("ffffffffff", "VtB5VXc")]
    public async Task Base58_keeps_leading_zeros(string hex, string text) =>
        await Assert.That(Base58.Encode(Convert.FromHexString(hex))).IsEqualTo(text);
}
