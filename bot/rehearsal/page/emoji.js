// Shortcodes that people and apps write most, as Unicode.

const TABLE = `
smile 😄 grinning 😀 smiley 😃 slightly_smiling_face 🙂 blush 😊 wink 😉 joy 😂 thinking_face 🤔 sweat_smile 😅 tada 🎉
heart ❤️ green_heart 💚 blue_heart 💙 yellow_heart 💛 purple_heart 💜 thumbsup 👍 +1 👍 thumbsdown 👎 -1 👎 clap 👏
raised_hands 🙌 pray 🙏 wave 👋 raised_hand ✋ hand ✋ ok_hand 👌 muscle 💪 point_right 👉 point_left 👈 point_up ☝️
point_down 👇 handshake 🤝 eyes 👀 brain 🧠 bulb 💡 fire 🔥 star ⭐ star2 🌟 sparkles ✨ rocket 🚀 dart 🎯 trophy 🏆 medal 🏅
checkered_flag 🏁 triangular_flag_on_post 🚩 flag-us 🇺🇸 white_check_mark ✅ heavy_check_mark ✔️ ballot_box_with_check ☑️
x ❌ negative_squared_cross_mark ❎ no_entry ⛔ no_entry_sign 🚫 warning ⚠️ rotating_light 🚨 exclamation ❗ question ❓
grey_question ❔ information_source ℹ️ bangbang ‼️ red_circle 🔴 large_red_circle 🔴 large_orange_circle 🟠
large_yellow_circle 🟡 large_green_circle 🟢 large_blue_circle 🔵 large_purple_circle 🟣 white_circle ⚪ black_circle ⚫
large_green_square 🟩 large_yellow_square 🟨 large_orange_square 🟧 large_red_square 🟥 large_blue_square 🟦
white_large_square ⬜ black_large_square ⬛ small_blue_diamond 🔹 small_orange_diamond 🔸 large_blue_diamond 🔷 diamonds ♦️
calendar 📆 date 📅 spiral_calendar_pad 🗓️ alarm_clock ⏰ clock1 🕐 clock3 🕒 clock9 🕘 hourglass ⌛
hourglass_flowing_sand ⏳ stopwatch ⏱️ timer_clock ⏲️ bell 🔔 no_bell 🔕 mega 📣 loudspeaker 📢 speech_balloon 💬
thought_balloon 💭 memo 📝 pencil 📝 pencil2 ✏️ lower_left_ballpoint_pen 🖊️ clipboard 📋 page_facing_up 📄
bookmark_tabs 📑 books 📚 book 📖 open_book 📖 notebook 📓 newspaper 📰 scroll 📜 file_folder 📁 open_file_folder 📂
card_index_dividers 🗂️ paperclip 📎 pushpin 📌 round_pushpin 📍 link 🔗 inbox_tray 📥 outbox_tray 📤 package 📦 email ✉️
envelope ✉️ bar_chart 📊 chart_with_upwards_trend 📈 chart_with_downwards_trend 📉 mag 🔍 mag_right 🔎 lock 🔒 unlock 🔓 key 🔑
closed_lock_with_key 🔐 hammer 🔨 hammer_and_wrench 🛠️ wrench 🔧 gear ⚙️ level_slider 🎚️ control_knobs 🎛️ balance_scale ⚖️
scales ⚖️ toolbox 🧰 computer 💻 iphone 📱 school 🏫 school_satchel 🎒 mortar_board 🎓 teacher 🧑‍🏫 student 🧑‍🎓
bust_in_silhouette 👤 busts_in_silhouette 👥 family 👪 house 🏠 door 🚪 house_with_garden 🏡 office 🏢 seedling 🌱 tulip 🌷 herb 🌿 evergreen_tree 🌲
deciduous_tree 🌳 palm_tree 🌴 leaves 🍃 sunflower 🌻 sunny ☀️ sunrise 🌅 partly_sunny ⛅ cloud ☁️ rainbow 🌈 snowflake ❄️ zap ⚡
coffee ☕ tea 🍵 apple 🍎 cake 🍰 birthday 🎂 balloon 🎈 confetti_ball 🎊 gift 🎁 musical_note 🎵 art 🎨 puzzle_piece 🧩 jigsaw 🧩
arrow_right ➡️ arrow_left ⬅️ arrow_up ⬆️ arrow_down ⬇️ arrow_upper_right ↗️ arrow_lower_right ↘️ arrow_forward ▶️ fast_forward ⏩
rewind ⏪ double_vertical_bar ⏸️ left_speech_bubble 🗨️ leftwards_arrow_with_hook ↩️ pause_button ⏸️ play_or_pause_button ⏯️ black_square_for_stop ⏹️ repeat 🔁 arrows_counterclockwise 🔄
twisted_rightwards_arrows 🔀 back 🔙 end 🔚 soon 🔜 heavy_plus_sign ➕ heavy_minus_sign ➖ one 1️⃣ two 2️⃣ three 3️⃣ four 4️⃣ five 5️⃣
six 6️⃣ seven 7️⃣ eight 8️⃣ nine 9️⃣ zero 0️⃣ keycap_ten 🔟 100 💯 crescent_moon 🌙 zzz 💤 dash 💨 compass 🧭 world_map 🗺️
motorway 🛣️ construction 🚧 vertical_traffic_light 🚦 traffic_light 🚥 anchor ⚓ ship 🚢 airplane ✈️ bus 🚌 walking 🚶 runner 🏃
recycle ♻️ sos 🆘 new 🆕 cool 🆒 ok 🆗 ballot_box_with_ballot 🗳️ ballot_box 🗳️ label 🏷️ crossed_fingers 🤞 see_no_evil 🙈
white_medium_square ◻️ heavy_check_mark ✔️ robot_face 🤖 relieved 😌 neutral_face 😐 confused 😕 worried 😟 sunglasses 😎 heart_eyes 😍
`;

const words = TABLE.trim().split(/\s+/);
const EMOJI = new Map(words.filter((_, i) => i % 2 === 0).map((name, i) => [name, words[i * 2 + 1]]));

export const emoji = (name) => EMOJI.get(name.split('::')[0]);

export const withEmoji = (text) => text.replace(/:([a-z0-9_+-]+)(::skin-tone-\d)?:/g, (whole, name) => emoji(name) || whole);
